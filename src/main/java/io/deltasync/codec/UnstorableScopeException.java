package io.deltasync.codec;

import io.deltasync.api.AbortRunException;

/**
 * Thrown while planning when a scope cannot be stored, or would come back changed. The
 * run is aborted, since nothing could be fetched by that scope later.
 */
public class UnstorableScopeException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	UnstorableScopeException(Class<?> adapter, Object scope, Problem problem, String remedy) {
		super("the scope of source adapter %s, a %s, cannot be stored: %s; %s".formatted(adapter.getName(),
				scope.getClass().getName(), problem.message(), remedy), problem.cause());
	}

}
