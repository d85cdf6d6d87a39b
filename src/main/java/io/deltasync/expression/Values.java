package io.deltasync.expression;

import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.cel.common.values.NullValue;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of records to those of expressions, and back.
 */
final class Values {

	private Values() {
	}

	/** Returns a record's value as expressions have it. */
	static Object of(@Nullable Object value) {
		if (value == null) {
			return NullValue.NULL_VALUE;
		}
		if (value instanceof Number number) {
			return Decimal.of(number);
		}
		if (value instanceof OffsetDateTime moment) {
			return moment.toInstant();
		}
		if (value instanceof ZonedDateTime moment) {
			return moment.toInstant();
		}
		if (value instanceof UUID || value instanceof Character || value instanceof Enum) {
			return value.toString();
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, Object> converted = new LinkedHashMap<>();
			map.forEach((key, part) -> converted.put(String.valueOf(key), of(part)));
			return converted;
		}
		if (value instanceof Collection<?> parts) {
			List<Object> converted = new ArrayList<>(parts.size());
			parts.forEach((part) -> converted.add(of(part)));
			return converted;
		}
		return value;
	}

	/** Returns the value of an expression as records have it. */
	static @Nullable Object from(@Nullable Object value) {
		if (Types.isNull(value)) {
			return null;
		}
		if (value instanceof Decimal decimal) {
			return decimal.value();
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> converted = new LinkedHashMap<>();
			map.forEach((key, part) -> converted.put(String.valueOf(key), from(part)));
			return converted;
		}
		if (value instanceof Collection<?> parts) {
			List<@Nullable Object> converted = new ArrayList<>(parts.size());
			parts.forEach((part) -> converted.add(from(part)));
			return converted;
		}
		return value;
	}

}
