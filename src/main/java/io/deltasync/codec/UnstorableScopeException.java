package io.deltasync.codec;

import io.deltasync.api.AbortRunException;

/**
 * Thrown while planning if a scope cannot be stored, or would be different after reading.
 * The run is aborted, since the scope could not be fetched later.
 */
public class UnstorableScopeException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	UnstorableScopeException(Class<?> adapter, Object scope, Problem problem, String remedy) {
		super("the scope of source adapter %s, a %s, cannot be stored: %s; %s".formatted(adapter.getName(),
				scope.getClass().getName(), problem.message(), remedy), problem.cause());
	}

}
