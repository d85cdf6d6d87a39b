package io.deltasync.format;

import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads values of JSON: objects as {@link Map}, arrays as {@link List}, texts as
 * {@link String}, whole numbers as {@link Long} or {@link java.math.BigInteger}, other
 * numbers as {@link BigDecimal}, so that no digit is lost. Confined to one thread.
 */
public final class JsonValues {

	/** A number beyond it would take much memory wherever it is written out. */
	public static final int MAX_EXPONENT = 1000;

	private static final int MAX_DEPTH = 100;

	private static final JsonFactory JSON = JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
		.streamReadConstraints(
				StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxStringLength(Integer.MAX_VALUE).build())
		.build();

	private final JsonParser parser;

	private final Runnable beforeEach;

	/**
	 * Creates a reader.
	 * @param parser the document
	 * @param beforeEach called before each value and each part of one; what it throws
	 * ends the reading
	 */
	public JsonValues(JsonParser parser, Runnable beforeEach) {
		this.parser = parser;
		this.beforeEach = beforeEach;
	}

	/**
	 * Creates a reader.
	 * @param parser the document
	 */
	public JsonValues(JsonParser parser) {
		this(parser, () -> {
		});
	}

	static JsonParser parser(String text) {
		return JSON.createParser(ObjectReadContext.empty(), text);
	}

	static JsonParser parser(Reader reader) {
		return JSON.createParser(ObjectReadContext.empty(), reader);
	}

	/**
	 * Returns a parser that refuses names that occur twice in an object, and objects that
	 * are nested too deeply.
	 * @param document the document
	 * @return the parser
	 */
	public static JsonParser parser(byte[] document) {
		return JSON.createParser(ObjectReadContext.empty(), document);
	}

	/**
	 * Returns the value that begins at the current token.
	 * @return the value; null for null
	 * @throws NumberFormatException if a number has an exponent of more than
	 * {@value #MAX_EXPONENT}
	 */
	public @Nullable Object value() {
		this.beforeEach.run();
		return switch (this.parser.currentToken()) {
			case START_OBJECT -> object();
			case START_ARRAY -> array();
			case VALUE_STRING -> this.parser.getString();
			case VALUE_NUMBER_INT -> (this.parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER)
					? this.parser.getBigIntegerValue() : (Object) this.parser.getLongValue();
			case VALUE_NUMBER_FLOAT -> decimal();
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			default -> null;
		};
	}

	/**
	 * Returns the object that begins at the current token.
	 * @return the values by their names, in the order of the document
	 * @throws NumberFormatException if a number has an exponent of more than
	 * {@value #MAX_EXPONENT}
	 */
	public Map<String, @Nullable Object> object() {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		while (this.parser.nextToken() != JsonToken.END_OBJECT) {
			String name = this.parser.currentName();
			this.parser.nextToken();
			object.put(name, value());
		}
		return object;
	}

	private List<@Nullable Object> array() {
		List<@Nullable Object> list = new ArrayList<>();
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			list.add(value());
		}
		return list;
	}

	private BigDecimal decimal() {
		BigDecimal value = this.parser.getDecimalValue();
		if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
			throw new NumberFormatException("a number has an exponent of more than %d".formatted(MAX_EXPONENT));
		}
		return value;
	}

	/** Returns what is wrong, without values of the record. */
	static String problem(JacksonException failure) {
		return "it is not JSON: column %d: %s".formatted(
				(failure.getLocation() != null) ? failure.getLocation().getColumnNr() : 0,
				failure.getOriginalMessage());
	}

}
