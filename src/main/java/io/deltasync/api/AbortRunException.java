package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by an adapter when the run cannot continue, whatever the current record or
 * scope: for example because a table is missing or a login is refused. The run is aborted
 * at once instead of failing one record after another. Connection failures are recognised
 * without this exception.
 */
public class AbortRunException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what is wrong and what to do about it, written for operators
	 */
	public AbortRunException(String message) {
		super(message);
	}

	/**
	 * Creates the exception with a cause.
	 * @param message what is wrong and what to do about it, written for operators
	 * @param cause the cause, or null
	 */
	public AbortRunException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
