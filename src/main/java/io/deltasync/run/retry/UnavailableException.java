package io.deltasync.run.retry;

import io.deltasync.api.AbortRunException;

/**
 * Thrown when a system that a run needs is not available. Unlike an abort requested by an
 * adapter, it may succeed on another attempt.
 */
public class UnavailableException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	public UnavailableException(String message, Exception cause) {
		super(message, cause);
	}

}
