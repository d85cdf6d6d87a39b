package io.deltasync.http.json;

import io.deltasync.format.JsonValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;

/**
 * Reads values up to a length.
 */
final class BoundedValues {

	private final JsonParser parser;

	private final JsonValues values;

	private final long maxBytes;

	private long start;

	/**
	 * Creates a reader.
	 * @param parser the document
	 * @param maxBytes the most bytes that a value may take
	 */
	BoundedValues(JsonParser parser, long maxBytes) {
		this.parser = parser;
		this.values = new JsonValues(parser, this::check);
		this.maxBytes = maxBytes;
	}

	/**
	 * Reads the value whose first token is the current one.
	 * @throws AnswerException if the value is too long, or has a number that is too large
	 */
	@Nullable Object read() {
		this.start = offset(this.parser.currentTokenLocation());
		try {
			return this.values.value();
		}
		catch (NumberFormatException ex) {
			throw new AnswerException("has a number with an exponent of more than %d, in the record at byte %,d"
				.formatted(JsonValues.MAX_EXPONENT, this.start));
		}
	}

	private void check() {
		long bytes = offset(this.parser.currentLocation()) - this.start;
		if (bytes > this.maxBytes) {
			throw new AnswerException("has a record that is longer than %,d bytes, at byte %,d; raise max-record-size"
				.formatted(this.maxBytes, this.start));
		}
		if (this.parser.currentToken() == null) {
			throw new AnswerException("ends too early");
		}
	}

	/** Counts characters in a document that is not in UTF-8. */
	private static long offset(TokenStreamLocation location) {
		return Math.max(location.getByteOffset(), location.getCharOffset());
	}

}
