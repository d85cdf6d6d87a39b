package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a target adapter when the target accepts no record at present, whichever it
 * is: for example because the account may not write, the system is read-only, or storage
 * is full. The run is aborted at once, and no record is rejected or put into quarantine.
 * Connection failures are recognised without this exception.
 */
public class TargetUnavailableException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what is wrong and what to do about it, written for operators
	 * @param cause the cause, or null
	 */
	public TargetUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
