package io.deltasync.cli.text;

import java.util.function.IntPredicate;

/**
 * Makes text from sources, such as keys and messages, safe to print. Replaces control
 * characters, which could forge the output of a terminal or a log, and characters that
 * change the direction of text by escapes as in Java.
 */
public final class Printable {

	private static final String DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

	private static final String LINE_SEPARATORS = "\u2028\u2029";

	private Printable() {
	}

	/**
	 * Returns a text that fits on one line.
	 * @param text any text
	 * @return the text without line breaks and other control characters
	 */
	public static String line(String text) {
		return escape(text, (index) -> isUnsafe(text.charAt(index)));
	}

	/**
	 * Returns a text that may have several lines.
	 * @param text any text
	 * @return the text without control characters, except line breaks and tabs
	 */
	public static String lines(String text) {
		return escape(text, (index) -> isUnsafe(text.charAt(index)) && !isLayout(text, index));
	}

	private static boolean isLayout(String text, int index) {
		return switch (text.charAt(index)) {
			case '\n', '\t' -> true;
			case '\r' -> index + 1 < text.length() && text.charAt(index + 1) == '\n';
			default -> false;
		};
	}

	private static boolean isUnsafe(char character) {
		return Character.isISOControl(character) || DIRECTIONS.indexOf(character) >= 0
				|| LINE_SEPARATORS.indexOf(character) >= 0;
	}

	private static String escape(String text, IntPredicate unsafe) {
		StringBuilder escaped = null;
		for (int i = 0; i < text.length(); i++) {
			boolean replaced = unsafe.test(i);
			if (replaced && escaped == null) {
				escaped = new StringBuilder(text.substring(0, i));
			}
			if (escaped != null) {
				escaped.append(replaced ? escapeOf(text.charAt(i)) : text.charAt(i));
			}
		}
		return (escaped != null) ? escaped.toString() : text;
	}

	private static String escapeOf(char character) {
		return switch (character) {
			case '\n' -> "\\n";
			case '\r' -> "\\r";
			case '\t' -> "\\t";
			default -> "\\u%04x".formatted((int) character);
		};
	}

}
