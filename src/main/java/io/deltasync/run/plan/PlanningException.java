package io.deltasync.run.plan;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.SourceAdapter;

/**
 * Thrown if an adapter returns an invalid answer during planning. The run is aborted.
 */
class PlanningException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	PlanningException(SourceAdapter adapter, String method, String problem) {
		super("%s of source adapter %s %s".formatted(method, adapter.getClass().getName(), problem));
	}

}
