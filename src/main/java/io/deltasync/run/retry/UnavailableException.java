package io.deltasync.run.retry;

import io.deltasync.api.AbortRunException;

/**
 * Thrown when a system that a run needs is not there. Unlike with what an adapter itself
 * aborts the run for, it may help to try again.
 */
public class UnavailableException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	public UnavailableException(String message, Exception cause) {
		super(message, cause);
	}

}
