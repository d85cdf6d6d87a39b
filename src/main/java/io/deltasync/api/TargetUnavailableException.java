package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a target adapter that takes no record for now, whichever it is: the account
 * may not write, the system takes reads alone, or there is no room. The run is aborted at
 * once; no record is rejected or put into quarantine for it. Connections that cannot be
 * had are recognised without it.
 */
public class TargetUnavailableException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	/**
	 * Ends the run.
	 * @param message what is wrong and what to do about it, in words an operator
	 * understands
	 * @param cause what was thrown, or null
	 */
	public TargetUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
