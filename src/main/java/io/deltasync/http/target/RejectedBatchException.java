package io.deltasync.http.target;

/**
 * The server refuses a batch without saying which of its records is at fault, so that the
 * batch is delivered again in parts.
 */
final class RejectedBatchException extends Exception {

	private static final long serialVersionUID = 1L;

	RejectedBatchException(String message) {
		super(message);
	}

}
