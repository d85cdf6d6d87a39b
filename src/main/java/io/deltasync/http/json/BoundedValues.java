package io.deltasync.http.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * Reads values: objects as {@link Map}, arrays as {@link List}, texts as {@link String},
 * whole numbers as {@link Long} or {@link java.math.BigInteger}, other numbers as
 * {@link java.math.BigDecimal}, so that no digit is lost.
 */
final class JsonValues {

	private final JsonParser parser;

	private final long maxBytes;

	private long start;

	/**
	 * Creates a reader.
	 * @param parser the document
	 * @param maxBytes the most bytes that a value may take
	 */
	JsonValues(JsonParser parser, long maxBytes) {
		this.parser = parser;
		this.maxBytes = maxBytes;
	}

	/**
	 * Reads the value whose first token is the current one.
	 * @throws AnswerException if the value is too long
	 */
	@Nullable Object read() {
		this.start = offset(this.parser.currentTokenLocation());
		return value(this.parser.currentToken());
	}

	private @Nullable Object value(@Nullable JsonToken token) {
		long bytes = offset(this.parser.currentLocation()) - this.start;
		if (bytes > this.maxBytes) {
			throw new AnswerException("has a record that is longer than %,d bytes, at byte %,d; raise max-record-size"
				.formatted(this.maxBytes, this.start));
		}
		if (token == null) {
			throw new AnswerException("ends too early");
		}
		return switch (token) {
			case START_OBJECT -> object();
			case START_ARRAY -> array();
			case VALUE_STRING -> this.parser.getString();
			case VALUE_NUMBER_INT -> integer();
			case VALUE_NUMBER_FLOAT -> this.parser.getDecimalValue();
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			default -> null;
		};
	}

	/** Counts characters in a document that is not in UTF-8. */
	private static long offset(TokenStreamLocation location) {
		return Math.max(location.getByteOffset(), location.getCharOffset());
	}

	private Object integer() {
		return (this.parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) ? this.parser.getBigIntegerValue()
				: (Object) this.parser.getLongValue();
	}

	private Map<String, @Nullable Object> object() {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		while (this.parser.nextToken() != JsonToken.END_OBJECT) {
			String name = this.parser.currentName();
			object.put(name, value(this.parser.nextToken()));
		}
		return object;
	}

	private List<@Nullable Object> array() {
		List<@Nullable Object> array = new ArrayList<>();
		for (JsonToken token = this.parser.nextToken(); token != JsonToken.END_ARRAY; token = this.parser.nextToken()) {
			array.add(value(token));
		}
		return array;
	}

}
