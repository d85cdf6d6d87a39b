package io.deltasync.mapping;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.deltasync.config.NearestName;
import org.jspecify.annotations.Nullable;

/**
 * The types that a mapping can convert values to.
 */
enum ValueType {

	TEXT, INTEGER, DECIMAL, BOOLEAN, DATE, TIME, DATETIME, TIMESTAMP;

	/**
	 * Parses a configured type.
	 * @param configured the type's name, which a format may follow
	 * @param zone the time zone of times without a zone
	 * @return the conversion to it
	 * @throws IllegalArgumentException if it is invalid; the message continues a sentence
	 * that starts with the name of a property
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

	/** Returns the name in the configuration. */
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
