package io.deltasync.cli;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as scripts rely on it: fields in the order of the record's components, missing
 * values null, times as ISO instants. In ASCII alone: stdout is written in the character
 * set of the locale, which in a container may have nothing else.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.build();

	private Json() {
	}

	static String write(Object value) {
		// the one control character that Jackson leaves as it is
		return MAPPER.writeValueAsString(value).replace("\u007f", "\\u007f");
	}

}
