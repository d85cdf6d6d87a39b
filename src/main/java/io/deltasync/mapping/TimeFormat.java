package io.deltasync.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The format of dates and times that are texts or numbers since 1970. Strict: February 31
 * is refused.
 *
 * @param formatter the formatter of texts
 * @param unit the unit of numbers since 1970; null if values are texts
 * @param expected the expected kind of value, in words that follow "is not"
 */
record TimeFormat(DateTimeFormatter formatter, @Nullable ChronoUnit unit, String expected) {

	private static final Map<String, ChronoUnit> EPOCHS = Map.of("epoch-seconds", ChronoUnit.SECONDS, "epoch-millis",
			ChronoUnit.MILLIS);

	private static final DateTimeFormatter ISO = strict(
			new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE)
				.optionalStart()
				.appendPattern("['T'][' ']")
				.append(DateTimeFormatter.ISO_LOCAL_TIME)
				.appendPattern("[XXX]['['VV']']"));

	/**
	 * Parses a configured format.
	 * @param type the type of the converted values
	 * @param configured a pattern of {@link DateTimeFormatter}, or the unit of numbers;
	 * null for ISO 8601
	 * @return the format
	 * @throws IllegalArgumentException if the format is invalid
	 */
	static TimeFormat of(ValueType type, @Nullable String configured) {
		if (configured == null) {
			return new TimeFormat((type == ValueType.TIME) ? DateTimeFormatter.ISO_LOCAL_TIME : ISO, null,
					like(type) + " such as " + sample(type));
		}
		ChronoUnit unit = EPOCHS.get(configured);
		if (unit != null) {
			return new TimeFormat(ISO, unit, "a number of %s since 1970".formatted(configured.substring(6)));
		}
		try {
			return new TimeFormat(strict(new DateTimeFormatterBuilder().parseCaseInsensitive()
				.appendPattern(configured)
				// without an era, "yyyy" would not determine the year
				.parseDefaulting(ChronoField.ERA, 1)), null, "%s of the form %s".formatted(like(type), configured));
		}
		catch (IllegalArgumentException ex) {
			throw ValueType.badFormat(type, configured,
					"give letters such as dd.MM.yyyy HH:mm:ss (%s)".formatted(ex.getMessage()));
		}
	}

	/** Returns the name of a type in a sentence. */
	static String like(ValueType type) {
		return switch (type) {
			case DATE -> "a date";
			case TIME -> "a time of day";
			case DATETIME -> "a date and time";
			default -> "a timestamp";
		};
	}

	private static String sample(ValueType type) {
		return switch (type) {
			case DATE -> "2026-11-21";
			case TIME -> "08:00:00";
			case DATETIME -> "2026-11-21T08:00:00";
			default -> "2026-11-21T08:00:00Z";
		};
	}

	private static DateTimeFormatter strict(DateTimeFormatterBuilder builder) {
		return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
	}

	/**
	 * Parses a value.
	 * @param value a text or, if there is a unit, a number
	 * @return a time of the most specific type
	 * @throws RuntimeException if the value cannot be parsed
	 */
	TemporalAccessor read(Object value) {
		if (this.unit != null) {
			return Instant.EPOCH.plus(NumberValues.exact(value).longValueExact(), this.unit);
		}
		return this.formatter.parseBest(((String) value).strip(), ZonedDateTime::from, LocalDateTime::from,
				LocalDate::from, LocalTime::from);
	}

	/**
	 * Whether this format writes a time of day that it reads as a date only. Letters that
	 * do not form a complete time, such as SS without ss, are ignored in parsing.
	 */
	boolean losesTimeOf(ZonedDateTime time) {
		return this.unit == null && read(write(time)) instanceof LocalDate
				&& !write(time).equals(write(time.with(LocalTime.MAX)));
	}

	/** Formats a time so that it can be parsed. */
	Object write(ZonedDateTime time) {
		return (this.unit != null) ? this.unit.between(Instant.EPOCH, time.toInstant()) : this.formatter.format(time);
	}

}
