package io.deltasync.cli;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON for scripts: fields in the order of the record's components, missing values
 * as null, times as ISO instants. Writes ASCII only, because stdout uses the character
 * set of the locale, which in a container may be ASCII.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.build();

	private Json() {
	}

	static String write(Object value) {
		// the only control character that Jackson does not escape
		return MAPPER.writeValueAsString(value).replace("\u007f", "\\u007f");
	}

}
