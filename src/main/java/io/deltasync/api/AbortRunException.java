package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by an adapter when the run cannot go on, whatever the record or scope at hand: a
 * table that is not there, a login that is refused. The run is aborted at once instead of
 * failing one record after the other. Connections that cannot be had are recognised
 * without it.
 */
public class AbortRunException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Ends the run.
	 * @param message what is wrong and what to do about it, in words an operator
	 * understands
	 */
	public AbortRunException(String message) {
		super(message);
	}

	/**
	 * Ends the run.
	 * @param message what is wrong and what to do about it, in words an operator
	 * understands
	 * @param cause what was thrown, or null
	 */
	public AbortRunException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
