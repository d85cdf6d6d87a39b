package io.deltasync.http.json;

/**
 * An answer that cannot be what was asked for. Another attempt would not help, so this is
 * no {@link java.io.IOException}.
 */
public final class AnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what is wrong and what to do about it, with the URL
	 */
	public AnswerException(String message) {
		super(message);
	}

	/**
	 * Creates the exception with a cause.
	 * @param message what is wrong and what to do about it, with the URL
	 * @param cause the cause
	 */
	public AnswerException(String message, Throwable cause) {
		super(message, cause);
	}

}
