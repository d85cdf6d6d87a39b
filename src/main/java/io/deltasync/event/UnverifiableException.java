package io.deltasync.event;

/**
 * Thrown when a Link cannot be verified at all. No run was started.
 */
public class UnverifiableException extends RunRefusedException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message the Link, and why it cannot be verified
	 */
	public UnverifiableException(String message) {
		super(message);
	}

}
