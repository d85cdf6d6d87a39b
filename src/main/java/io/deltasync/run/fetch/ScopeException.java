package io.deltasync.run.fetch;

/**
 * Thrown in a lane if a scope cannot be fetched completely. Only that scope fails.
 */
public class ScopeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ScopeException(String message) {
		super(message);
	}

	ScopeException(String message, Exception cause) {
		super(message, cause);
	}

	/**
	 * Whether the adapter violated its contract.
	 * @return false if the adapter threw an exception, which is the cause
	 */
	public boolean isBreach() {
		return getCause() == null;
	}

}
