package io.deltasync.console;

/**
 * Thrown when what a person asks for does not exist.
 */
public class UnknownException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public UnknownException(String message) {
		super(message);
	}

}
