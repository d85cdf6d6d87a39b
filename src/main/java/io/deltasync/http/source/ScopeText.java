package io.deltasync.http.source;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Converts scopes to text and back, so that numbers keep their type. */
final class ScopeText {

	/** Reads whole numbers as answers have them. */
	static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_LONG_FOR_INTS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		// scopes of an earlier version have no flags
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private ScopeText() {
	}

	/** Converts a scope to text. */
	static String write(HttpScope scope) {
		return HttpScope.Kind.of(scope).name() + " " + JSON.writeValueAsString(scope);
	}

	/** Converts a text back to a scope. */
	static HttpScope read(String text) {
		int end = text.indexOf(' ');
		return JSON.readValue(text.substring(end + 1), HttpScope.Kind.valueOf(text.substring(0, end)).type());
	}

}
