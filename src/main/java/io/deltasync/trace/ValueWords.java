package io.deltasync.trace;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Says the types of values in the words of a mapping.
 */
final class ValueWords {

	private static final Map<Class<?>, String> WORDS = Map.ofEntries(Map.entry(String.class, "text"),
			Map.entry(Byte.class, "integer"), Map.entry(Short.class, "integer"), Map.entry(Integer.class, "integer"),
			Map.entry(Long.class, "integer"), Map.entry(BigInteger.class, "integer"),
			Map.entry(BigDecimal.class, "decimal"), Map.entry(Float.class, "binary fraction"),
			Map.entry(Double.class, "binary fraction"), Map.entry(Boolean.class, "boolean"),
			Map.entry(LocalDate.class, "date"), Map.entry(LocalTime.class, "time"),
			Map.entry(LocalDateTime.class, "datetime"), Map.entry(Instant.class, "timestamp"),
			Map.entry(OffsetDateTime.class, "timestamp"), Map.entry(ZonedDateTime.class, "timestamp"),
			Map.entry(byte[].class, "bytes"));

	private ValueWords() {
	}

	static String type(@Nullable Object value) {
		if (value == null) {
			return "null";
		}
		if (value instanceof Map) {
			return "group";
		}
		return (value instanceof Collection) ? "list"
				: WORDS.getOrDefault(value.getClass(), value.getClass().getSimpleName());
	}

}
