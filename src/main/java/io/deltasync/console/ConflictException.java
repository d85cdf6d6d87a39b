package io.deltasync.console;

/**
 * Thrown when an action does not fit the current state, for example when the window has
 * changed since it was shown.
 */
public class ConflictException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ConflictException(String message) {
		super(message);
	}

}
