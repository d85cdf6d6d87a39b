package io.deltasync.format;

import org.jspecify.annotations.Nullable;

/**
 * A line of text.
 *
 * @param number its number; the first line is 1
 * @param chars its characters with the line break; only the first of them if it is too
 * long
 * @param malformed whether it contains bytes that are no text in the charset
 * @param tooLong whether it is longer than a record may be
 */
@SuppressWarnings("ArrayRecordComponent")
record TextLine(long number, char[] chars, boolean malformed, boolean tooLong) {

	/** Whether the line has no characters but its line break. */
	boolean isEmpty() {
		return this.chars.length == 0 || this.chars[0] == '\n' || this.chars[0] == '\r';
	}

	String text() {
		return new String(this.chars);
	}

	/** Returns what is wrong with the characters; null if nothing is. */
	@Nullable String problem(FormatOptions options) {
		if (this.tooLong) {
			return "the line has more than %,d characters; set max-record-length to allow more"
				.formatted(options.maxRecordLength());
		}
		return this.malformed ? "the line contains bytes that are no text in %s; set charset, or on-malformed: replace"
			.formatted(options.charset()) : null;
	}

}
