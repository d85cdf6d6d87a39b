package io.deltasync.inbox;

/**
 * Thrown when a request cannot be stored, because too many wait already.
 */
public class InboxFullException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InboxFullException(String message) {
		super(message);
	}

}
