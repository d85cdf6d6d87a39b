package io.deltasync.console;

/**
 * Thrown if a request has the idempotency key of another request.
 */
public class KeyReusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	KeyReusedException(String message) {
		super(message);
	}

}
