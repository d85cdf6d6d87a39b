package io.deltasync.run;

import io.deltasync.api.RecordInFlight;
import io.deltasync.reject.Reject;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way through a lane.
 */
final class InFlight {

	final RecordInFlight record;

	final OpenScope scope;

	Reject.@Nullable Stage failedAt;

	InFlight(RecordInFlight record, OpenScope scope) {
		this.record = record;
		this.scope = scope;
	}

}
