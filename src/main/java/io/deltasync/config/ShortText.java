package io.deltasync.config;

import org.jspecify.annotations.Nullable;

/**
 * Shortens values for messages.
 */
public final class ShortText {

	private static final int MAX_LENGTH = 50;

	private ShortText() {
	}

	/**
	 * Returns a value as a single line of up to 50 characters.
	 */
	public static String of(@Nullable Object value) {
		String text = String.valueOf((value instanceof byte[]) ? "bytes" : value).replaceAll("\\s+", " ");
		return (text.length() <= MAX_LENGTH) ? text : text.substring(0, MAX_LENGTH - 1) + "…";
	}

}
