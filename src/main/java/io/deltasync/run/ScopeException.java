package io.deltasync.run;

/**
 * Thrown inside a lane when a scope cannot be fetched to its end. Only that scope fails.
 */
class ScopeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ScopeException(String message) {
		super(message);
	}

	ScopeException(String message, Exception cause) {
		super(message, cause);
	}

}
