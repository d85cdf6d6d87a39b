package io.deltasync.http.target;

/**
 * A record cannot be sent, whatever the server would say. The message is for operators.
 */
final class RejectedRecordException extends Exception {

	private static final long serialVersionUID = 1L;

	RejectedRecordException(String message) {
		super(message);
	}

}
