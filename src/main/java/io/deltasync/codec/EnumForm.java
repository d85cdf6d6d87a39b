package io.deltasync.codec;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * The form of an enum, which stores its constants by name. Constants with a body of their
 * own count as constants of the enum, although they have a class of their own.
 *
 * @param type the enum
 * @param tag the enum's tag, or null for an enum that does not belong to the adapter
 * @param constants the constants by name
 */
record EnumForm(Class<?> type, @Nullable String tag, Map<String, Enum<?>> constants) implements Form {

	static EnumForm of(Class<?> type, @Nullable String tag) {
		return new EnumForm(type, tag,
				Stream.of(type.getEnumConstants())
					.map((constant) -> (Enum<?>) constant)
					.collect(Collectors.toMap(Enum::name, Function.identity())));
	}

	@Override
	public void write(Object value, ValueWriter out) {
		out.json().writeString(((Enum<?>) value).name());
	}

	@Override
	public Object read(ValueReader in) {
		in.require(JsonToken.VALUE_STRING, this.type);
		Enum<?> constant = this.constants.get(in.json().getString());
		if (constant == null) {
			throw new IllegalArgumentException(
					"%s has no constant '%s'".formatted(this.type.getName(), in.json().getString()));
		}
		return constant;
	}

}
