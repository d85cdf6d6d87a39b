package io.deltasync.jdbc.write;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares JSON by its values: databases sort members, remove white space, and write
 * numbers in their own way.
 */
final class JsonComparison {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private JsonComparison() {
	}

	static boolean isSame(String one, String other) {
		try {
			return JSON.readTree(one)
				.equals((first, second) -> isSameNode(first, second) ? 0 : 1, JSON.readTree(other));
		}
		catch (JacksonException ex) {
			return one.equals(other);
		}
	}

	/**
	 * Databases hold numbers with a fraction or an exponent as DOUBLE, of which they may
	 * write other digits.
	 */
	private static boolean isSameNode(JsonNode first, JsonNode second) {
		if (!first.isNumber() || !second.isNumber()) {
			return first.equals(second);
		}
		return first.decimalValue().compareTo(second.decimalValue()) == 0
				|| (!(first.isIntegralNumber() && second.isIntegralNumber())
						&& first.doubleValue() == second.doubleValue());
	}

}
