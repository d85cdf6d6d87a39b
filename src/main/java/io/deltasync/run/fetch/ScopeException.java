package io.deltasync.run.fetch;

/**
 * Thrown inside a lane when a scope cannot be fetched to its end. Only that scope fails.
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
	 * Tells whether the adapter broke its contract.
	 * @return false when something went wrong inside the adapter, which is the cause
	 */
	public boolean isBreach() {
		return getCause() == null;
	}

}
