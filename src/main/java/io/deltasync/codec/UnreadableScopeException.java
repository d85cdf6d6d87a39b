package io.deltasync.codec;

/**
 * Thrown when a stored scope cannot be read back: it was written by another version of
 * the adapter, or changed in the database.
 */
public class UnreadableScopeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** How much of the text a message shows, in characters. */
	private static final int EXCERPT = 200;

	UnreadableScopeException(Class<?> adapter, String text, Problem problem) {
		super("source adapter %s cannot read back the stored scope %s: %s".formatted(adapter.getName(), excerpt(text),
				problem.message()), problem.cause());
	}

	static String excerpt(String text) {
		return (text.length() > EXCERPT) ? text.substring(0, EXCERPT) + "…" : text;
	}

}
