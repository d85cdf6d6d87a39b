package io.deltasync.codec;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads and writes single JSON values strictly: neither 1.0 nor "1" is accepted as an
 * integer.
 */
final class Scalars {

	private Scalars() {
	}

	static String string(JsonParser json) {
		require(json.currentToken() == JsonToken.VALUE_STRING, "a text", json);
		return json.getString();
	}

	static boolean bool(JsonParser json) {
		require(json.currentToken() == JsonToken.VALUE_TRUE || json.currentToken() == JsonToken.VALUE_FALSE,
				"true or false", json);
		return json.currentToken() == JsonToken.VALUE_TRUE;
	}

	static long integer(JsonParser json) {
		require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "an integer", json);
		return json.getLongValue();
	}

	static void writeDouble(JsonGenerator json, double value) {
		if (Double.isFinite(value)) {
			json.writeNumber(value);
		}
		else {
			json.writeString(Double.toString(value));
		}
	}

	static double decimal(JsonParser json) {
		if (json.currentToken() == JsonToken.VALUE_STRING) {
			return Double.parseDouble(json.getString());
		}
		require(json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
				|| json.currentToken() == JsonToken.VALUE_NUMBER_INT, "a number", json);
		return json.getDoubleValue();
	}

	static byte[] bytes(JsonParser json) {
		string(json);
		return json.getBinaryValue();
	}

	static char character(String text) {
		if (text.length() != 1) {
			throw new IllegalArgumentException("'%s' is not one character".formatted(text));
		}
		return text.charAt(0);
	}

	private static void require(boolean condition, String expected, JsonParser json) {
		if (!condition) {
			throw new IllegalArgumentException(
					"%s was expected instead of %s".formatted(expected, json.currentToken()));
		}
	}

}
