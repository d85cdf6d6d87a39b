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
 * Values of JSON. Numbers keep all their digits.
 */
final class JsonValues {

	private static final int MAX_DEPTH = 100;

	/** A number beyond it would take much memory wherever it is written out. */
	private static final int MAX_EXPONENT = 1000;

	private static final JsonFactory JSON = JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
		.streamReadConstraints(
				StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxStringLength(Integer.MAX_VALUE).build())
		.build();

	private JsonValues() {
	}

	static JsonParser parser(String text) {
		return JSON.createParser(ObjectReadContext.empty(), text);
	}

	static JsonParser parser(Reader reader) {
		return JSON.createParser(ObjectReadContext.empty(), reader);
	}

	/** Returns the object that begins at the current token. */
	static Map<String, @Nullable Object> object(JsonParser parser) {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			object.put(name, value(parser, parser.nextToken()));
		}
		return object;
	}

	private static List<@Nullable Object> array(JsonParser parser) {
		List<@Nullable Object> list = new ArrayList<>();
		JsonToken token = parser.nextToken();
		while (token != JsonToken.END_ARRAY) {
			list.add(value(parser, token));
			token = parser.nextToken();
		}
		return list;
	}

	private static @Nullable Object value(JsonParser parser, JsonToken token) {
		return switch (token) {
			case START_OBJECT -> object(parser);
			case START_ARRAY -> array(parser);
			case VALUE_STRING -> parser.getString();
			case VALUE_NUMBER_INT -> (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER)
					? parser.getBigIntegerValue() : (Object) parser.getLongValue();
			case VALUE_NUMBER_FLOAT -> decimal(parser);
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			default -> null;
		};
	}

	private static BigDecimal decimal(JsonParser parser) {
		BigDecimal value = parser.getDecimalValue();
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
