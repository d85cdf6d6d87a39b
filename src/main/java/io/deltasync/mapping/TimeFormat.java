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
 * How dates and times are written where they are not java.time's: as text, or as a number
 * since 1970. Strict: there is no 31st of February.
 *
 * @param formatter what reads texts
 * @param unit the unit of numbers since 1970; null when numbers cannot be read
 * @param expected what a value must be, in words that go on from "is not"
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
	 * Reads a format as it is configured.
	 * @param type the type that values are to have
	 * @param configured a pattern of {@link DateTimeFormatter}, or the unit of numbers;
	 * null for ISO 8601
	 * @return the format
	 * @throws IllegalArgumentException when there is no such format
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
				// or "yyyy" would not say which year
				.parseDefaulting(ChronoField.ERA, 1)), null, "%s of the form %s".formatted(like(type), configured));
		}
		catch (IllegalArgumentException ex) {
			throw ValueType.badFormat(type, configured,
					"give letters such as dd.MM.yyyy HH:mm:ss (%s)".formatted(ex.getMessage()));
		}
	}

	/** What a type is called in a sentence. */
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
	 * Reads a value.
	 * @param value a text or, where there is a unit, a number
	 * @return a time of a type that knows all that the value says
	 * @throws RuntimeException when it cannot be read
	 */
	TemporalAccessor read(Object value) {
		if (this.unit != null) {
			return Instant.EPOCH.plus(NumberValues.exact(value).longValueExact(), this.unit);
		}
		return this.formatter.parseBest(((String) value).strip(), ZonedDateTime::from, LocalDateTime::from,
				LocalDate::from, LocalTime::from);
	}

	/**
	 * Tells whether a date alone would be read of what is written with its time: letters
	 * that make no time together, such as SS without ss, are passed over in reading.
	 */
	boolean losesTimeOf(ZonedDateTime time) {
		return this.unit == null && read(write(time)) instanceof LocalDate
				&& !write(time).equals(write(time.with(LocalTime.MAX)));
	}

	/** Writes a time so that it can be read. */
	Object write(ZonedDateTime time) {
		return (this.unit != null) ? this.unit.between(Instant.EPOCH, time.toInstant()) : this.formatter.format(time);
	}

}
