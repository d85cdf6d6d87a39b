package io.deltasync.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A single value in its canonical form.
 *
 * @param kind the kind of value; values of different kinds are never equal
 * @param text the text by which values of this kind are compared
 */
record CanonicalValue(char kind, String text) {

	private static final char PLAIN = ':';

	private static final char QUOTED = '"';

	private static final char TYPED = 't';

	private static final char INSTANT = 'i';

	private static final Set<Class<?>> NUMBERS = Set.of(Byte.class, Short.class, Integer.class, Long.class, Float.class,
			Double.class, BigDecimal.class, BigInteger.class);

	/**
	 * The types, besides java.time, whose values are fully described by type and text.
	 */
	private static final Set<Class<?>> TEXTUAL = Set.of(Boolean.class, UUID.class, URI.class);

	/** A number in the form returned by {@link #number}. */
	private static final Pattern NUMBER = Pattern
		.compile("0|-?(?:[1-9]\\d*(?:\\.\\d*[1-9])?|0\\.\\d*[1-9])|-?[1-9]\\d*E-?\\d+");

	/**
	 * The maximum number of zeros; larger and smaller numbers are written with an
	 * exponent.
	 */
	private static final int MOST_ZEROS = 1000;

	/**
	 * Returns a value in its canonical form.
	 * @param value the value
	 * @param ofKey whether numbers are compared by value and times as instants
	 * @return the form, or null if there is none
	 */
	static @Nullable CanonicalValue of(Object value, boolean ofKey) {
		Class<?> type = value.getClass();
		if (value instanceof String || type == Character.class) {
			return ofText(value.toString());
		}
		if (NUMBERS.contains(type)) {
			return ofNumber((Number) value, ofKey);
		}
		if (ofKey) {
			Instant instant = instant(value);
			if (instant != null) {
				return new CanonicalValue(INSTANT, instant.toString());
			}
		}
		if (value instanceof Date || value instanceof Calendar) {
			return ofDate(value);
		}
		if (TEXTUAL.contains(type) || type.getPackageName().equals("java.time")) {
			return new CanonicalValue(TYPED, type.getName() + ' ' + value);
		}
		return (value instanceof Enum<?> constant)
				? new CanonicalValue(TYPED, constant.getDeclaringClass().getName() + ' ' + constant.name()) : null;
	}

	/**
	 * Returns the form of a text. Keys are mostly whole numbers and texts, so only these
	 * have no mark of their kind, except texts that look like numbers.
	 */
	private static CanonicalValue ofText(String text) {
		return new CanonicalValue(NUMBER.matcher(text).matches() ? QUOTED : PLAIN, text);
	}

	private static CanonicalValue ofNumber(Number number, boolean ofKey) {
		if (!ofKey) {
			return new CanonicalValue(TYPED, number.getClass().getName() + ' ' + number);
		}
		if (number instanceof Long || number instanceof Integer) {
			return new CanonicalValue(PLAIN, number.toString());
		}
		String text = number.toString();
		// infinity and NaN have no decimal form
		return Double.isFinite(number.doubleValue()) || number instanceof BigDecimal || number instanceof BigInteger
				? new CanonicalValue(PLAIN, number(new BigDecimal(text))) : new CanonicalValue(TYPED, text);
	}

	private static String number(BigDecimal number) {
		BigDecimal stripped = number.stripTrailingZeros();
		return (Math.abs((long) stripped.scale()) <= MOST_ZEROS) ? stripped.toPlainString()
				: stripped.unscaledValue() + "E" + -(long) stripped.scale();
	}

	@SuppressWarnings("JavaUtilDate")
	private static @Nullable Instant instant(Object value) {
		if (value instanceof Instant instant) {
			return instant;
		}
		if (value instanceof OffsetDateTime time) {
			return time.toInstant();
		}
		if (value instanceof ZonedDateTime time) {
			return time.toInstant();
		}
		if (value instanceof Timestamp time) {
			return time.toInstant();
		}
		return (value.getClass() == Date.class) ? Instant.ofEpochMilli(((Date) value).getTime())
				: (value instanceof Calendar calendar) ? calendar.toInstant() : null;
	}

	/**
	 * Returns the form of a date or time whose own text depends on the zone of the
	 * process or lacks fractions of a second.
	 */
	private static @Nullable CanonicalValue ofDate(Object value) {
		String type = value.getClass().getName() + ' ';
		Instant instant = instant(value);
		if (instant != null) {
			return new CanonicalValue(TYPED, type + instant);
		}
		if (value instanceof java.sql.Date date) {
			return new CanonicalValue(TYPED, "java.time.LocalDate " + date.toLocalDate());
		}
		if (value instanceof Time time) {
			LocalTime local = time.toLocalTime().plus(Math.floorMod(time.getTime(), 1000L), ChronoUnit.MILLIS);
			return new CanonicalValue(TYPED, "java.time.LocalTime " + local);
		}
		return null;
	}

}
