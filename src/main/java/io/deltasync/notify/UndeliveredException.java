package io.deltasync.notify;

/**
 * A message was not accepted. The message of the exception contains no secrets.
 */
class UndeliveredException extends Exception {

	private static final long serialVersionUID = 1L;

	UndeliveredException(String message) {
		super(message);
	}

}
