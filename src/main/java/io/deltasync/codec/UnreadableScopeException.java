package io.deltasync.codec;

/**
 * Thrown if a stored scope cannot be read, because another version of the adapter wrote
 * it or because it was changed in the database.
 */
public class UnreadableScopeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** The maximum length of the text in messages, in characters. */
	private static final int EXCERPT = 200;

	UnreadableScopeException(Class<?> adapter, String text, Problem problem) {
		super("source adapter %s cannot read back the stored scope %s: %s".formatted(adapter.getName(), excerpt(text),
				problem.message()), problem.cause());
	}

	static String excerpt(String text) {
		return (text.length() > EXCERPT) ? text.substring(0, EXCERPT) + "…" : text;
	}

}
