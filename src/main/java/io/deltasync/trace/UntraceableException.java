package io.deltasync.trace;

/**
 * Thrown when a person asks for a record in a way that cannot be answered. The message
 * says what to give instead.
 */
public class UntraceableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UntraceableException(String message) {
		super(message);
	}

}
