package io.deltasync.expression;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Map;

import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import org.jspecify.annotations.Nullable;

/**
 * The types of values in expressions.
 */
final class Types {

	static final CelType ANY = SimpleType.DYN;

	static final CelType BOOLEAN = SimpleType.BOOL;

	/** A text may be null; an operator refuses null when it is computed. */
	static final CelType TEXT = NullableType.create(SimpleType.STRING);

	static final CelType NUMBER = OpaqueType.create("number");

	static final CelType DATE = OpaqueType.create("date");

	static final CelType TIME = OpaqueType.create("time");

	static final CelType DATETIME = OpaqueType.create("datetime");

	static final CelType TIMESTAMP = OpaqueType.create("timestamp");

	private Types() {
	}

	static boolean isNull(@Nullable Object value) {
		return value == null || value instanceof NullValue;
	}

	/** Returns the type of a value in words for people. */
	static String word(@Nullable Object value) {
		if (isNull(value)) {
			return "null";
		}
		if (value instanceof Number || value instanceof Decimal) {
			return "a number";
		}
		if (value instanceof Boolean) {
			return "true or false";
		}
		if (value instanceof LocalDate) {
			return "a date";
		}
		if (value instanceof LocalTime) {
			return "a time";
		}
		if (value instanceof LocalDateTime) {
			return "a datetime";
		}
		if (Values.of(value) instanceof Instant) {
			return "a timestamp";
		}
		if (value instanceof Map) {
			return "a group";
		}
		if (value instanceof Collection) {
			return "a list";
		}
		return (value instanceof String) ? "a text" : "a value of another type";
	}

}
