package io.deltasync.run.fetch;

/**
 * Thrown if the body of a request is not in a format that the Link's source takes.
 */
public class RefusedPushException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	RefusedPushException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	/**
	 * Returns why it is refused.
	 * @return the kind of reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/** Why a body is refused. */
	public enum Reason {

		/** Its type is not one that the source takes. */
		TYPE,

		/** It is not what its type says. */
		MALFORMED,

		/** The source's adapter does not accept its records. */
		CONTENT

	}

}
