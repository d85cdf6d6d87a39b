package io.deltasync.mapping;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.deltasync.config.NearestName;
import org.jspecify.annotations.Nullable;

/**
 * The types that a mapping can make of a property's values.
 */
enum ValueType {

	TEXT, INTEGER, DECIMAL, BOOLEAN, DATE, TIME, DATETIME, TIMESTAMP;

	/**
	 * Reads a type as it is configured.
	 * @param configured the type's name, in most cases alone, else with a format behind
	 * it
	 * @param zone the zone of times that do not know their own
	 * @return what converts to it
	 * @throws IllegalArgumentException when it cannot be used; the message goes on from
	 * the name of a property
	 */
	static Conversion parse(String configured, ZoneId zone) {
		String[] parts = configured.strip().split("\\s+", 2);
		ValueType type = Arrays.stream(values())
			.filter((candidate) -> candidate.word().equals(parts[0].toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("has the unknown type '%s'%s; give one of: %s"
				.formatted(parts[0], NearestName.hint(parts[0], words()), String.join(", ", words()))));
		return type.conversion((parts.length > 1) ? parts[1] : null, zone);
	}

	private Conversion conversion(@Nullable String format, ZoneId zone) {
		return switch (this) {
			case TEXT -> PlainValues.text(format);
			case BOOLEAN -> PlainValues.bool(format);
			case INTEGER -> NumberValues.integer(format);
			case DECIMAL -> NumberValues.decimal(format);
			case DATE, TIME, DATETIME, TIMESTAMP -> TimeValues.of(this, format, zone);
		};
	}

	/** As it is written in the configuration. */
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	static IllegalArgumentException badFormat(ValueType type, String format, String remedy) {
		return new IllegalArgumentException(
				"has the type '%s' with the format '%s'; %s".formatted(type.word(), format, remedy));
	}

	private static List<String> words() {
		return Arrays.stream(values()).map(ValueType::word).toList();
	}

}
