package io.deltasync.link;

import java.util.HexFormat;

/**
 * A value that no text may show, as others may have written it: in another case, with
 * quotes doubled, other blanks, or cut off.
 *
 * @param text the value, with each run of blanks as one
 */
record HiddenValue(String text) {

	/** Less of the beginning of a value tells nobody what it is. */
	private static final int TELLING = 8;

	/**
	 * Shorter values are in many words and texts: to hide them everywhere would tell
	 * them.
	 */
	private static final int SHORT = 3;

	/** What a value is written down as. */
	static String text(Object value) {
		String text = (value instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
		return text.strip().replaceAll("\\s+", " ");
	}

	String replaceIn(String text, String replacement) {
		StringBuilder shown = new StringBuilder(text.length());
		int at = 0;
		while (at < text.length()) {
			int end = endOfMatch(text, at);
			if (end < 0) {
				shown.append(text.charAt(at++));
			}
			else {
				shown.append(replacement);
				at = end;
			}
		}
		return shown.toString();
	}

	/** Where the value ends that begins there, or -1. */
	private int endOfMatch(String text, int start) {
		int at = start;
		int matched = 0;
		while (matched < this.text.length() && at < text.length()) {
			char expected = this.text.charAt(matched);
			char found = text.charAt(at);
			if (expected == ' ' && Character.isWhitespace(found)) {
				at = endOfBlanks(text, at);
			}
			else if (Character.toLowerCase(expected) == Character.toLowerCase(found)) {
				at += isDoubled(text, at, expected) ? 2 : 1;
			}
			else {
				break;
			}
			matched++;
		}
		if (matched == this.text.length() && this.text.length() < TELLING) {
			return standsAlone(text, start, at) ? at : -1;
		}
		return (matched >= TELLING) ? at : -1;
	}

	private static int endOfBlanks(String text, int start) {
		int at = start;
		while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
			at++;
		}
		return at;
	}

	private boolean isDoubled(String text, int at, char quote) {
		return (quote == '\'' || quote == '"') && at + 1 < text.length() && text.charAt(at + 1) == quote;
	}

	private boolean standsAlone(String text, int start, int end) {
		boolean alone = (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))
				&& (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
		return alone && (this.text.length() >= SHORT || (start > 0 && "'\"(:=".indexOf(text.charAt(start - 1)) >= 0));
	}

}
