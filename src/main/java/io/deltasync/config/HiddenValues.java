package io.deltasync.config;

import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds confidential values in texts even if others have written them in another case,
 * with quotes doubled, with other blanks, or truncated. Not thread-safe.
 */
final class HiddenValues {

	/**
	 * The number of leading characters from which on a truncated value reveals something.
	 */
	private static final int TELLING = 8;

	/**
	 * The length below which values also occur in unrelated words, so that hiding them
	 * everywhere would reveal them.
	 */
	private static final int SHORT = 3;

	private static final int NONE = -1;

	private final Set<String> values = new LinkedHashSet<>();

	/** Adds a single value, not a map, list or array. */
	void add(Object value) {
		String text = (value instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
		String line = text.strip().replaceAll("\\s+", " ");
		if (!line.isEmpty()) {
			this.values.add(line);
		}
	}

	/** Replaces all values in one pass, since one value may be a prefix of another. */
	String replaceIn(String text, String replacement) {
		if (this.values.isEmpty()) {
			return text;
		}
		StringBuilder shown = new StringBuilder(text.length());
		int at = 0;
		while (at < text.length()) {
			int end = NONE;
			for (String value : this.values) {
				end = Math.max(end, Math.max(endOfMatch(value, text, at, false), endOfMatch(value, text, at, true)));
			}
			if (end == NONE) {
				shown.append(text.charAt(at++));
			}
			else {
				shown.append(replacement);
				at = end;
			}
		}
		return shown.toString();
	}

	/** Returns the end of the value that starts here, or {@link #NONE}. */
	private static int endOfMatch(String value, String text, int start, boolean doubled) {
		int at = start;
		int matched = 0;
		while (matched < value.length() && at < text.length()) {
			char expected = value.charAt(matched);
			char found = text.charAt(at);
			if (expected == ' ' && Character.isWhitespace(found)) {
				at = endOfBlanks(text, at);
			}
			else if (Character.toLowerCase(expected) == Character.toLowerCase(found)) {
				at += (doubled && isDoubled(text, at, expected)) ? 2 : 1;
			}
			else {
				break;
			}
			matched++;
		}
		if (matched >= TELLING) {
			return at;
		}
		return (matched == value.length() && standsAlone(text, start, at)) ? at : NONE;
	}

	private static int endOfBlanks(String text, int start) {
		int at = start;
		while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
			at++;
		}
		return at;
	}

	private static boolean isDoubled(String text, int at, char quote) {
		return (quote == '\'' || quote == '"') && at + 1 < text.length() && text.charAt(at + 1) == quote;
	}

	private static boolean standsAlone(String text, int start, int end) {
		boolean alone = (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))
				&& (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
		return alone && (end - start >= SHORT || (start > 0 && "'\"(:=".indexOf(text.charAt(start - 1)) >= 0));
	}

}
