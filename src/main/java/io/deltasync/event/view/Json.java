package io.deltasync.event.view;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON for scripts and programs: fields in the order of the record's components,
 * missing values as null, times as ISO instants. Writes ASCII only, because stdout uses
 * the character set of the locale, which in a container may be ASCII.
 */
public final class Json {

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder().characterEscapes(new EscapedDelete()).build())
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.build();

	private Json() {
	}

	/**
	 * Writes a value.
	 * @param value the value
	 * @return JSON on one line
	 */
	public static String write(Object value) {
		return MAPPER.writeValueAsString(value);
	}

	/**
	 * Returns the mapper that writes it.
	 * @return the mapper, to be rebuilt with further settings for reading
	 */
	public static JsonMapper mapper() {
		return MAPPER;
	}

	/** Escapes the only control character that Jackson does not. */
	private static final class EscapedDelete extends CharacterEscapes {

		private static final long serialVersionUID = 1L;

		private static final int DELETE = 0x7f;

		private static final SerializableString ESCAPED = new SerializedString("\\u007f");

		private final int[] escapes;

		EscapedDelete() {
			this.escapes = standardAsciiEscapesForJSON();
			this.escapes[DELETE] = ESCAPE_CUSTOM;
		}

		@Override
		public int[] getEscapeCodesForAscii() {
			return this.escapes;
		}

		@Override
		public @Nullable SerializableString getEscapeSequence(int character) {
			return (character == DELETE) ? ESCAPED : null;
		}

	}

}
