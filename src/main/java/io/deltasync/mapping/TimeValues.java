package io.deltasync.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.Date;

import org.jspecify.annotations.Nullable;

/**
 * Converts values to dates and times. The mapping's zone applies to conversions between
 * values with and without a zone.
 */
final class TimeValues {

	private static final ZonedDateTime SAMPLE = ZonedDateTime.parse("2026-11-21T08:00:00Z");

	private final TimeFormat format;

	private final ZoneId zone;

	private TimeValues(TimeFormat format, ZoneId zone) {
		this.format = format;
		this.zone = zone;
	}

	static Conversion of(ValueType type, @Nullable String configured, ZoneId zone) {
		TimeFormat format = TimeFormat.of(type, configured);
		TimeValues values = new TimeValues(format, zone);
		Conversion conversion = new Conversion(format.expected(), false, switch (type) {
			case DATE -> (value) -> values.date(values.read(value));
			case TIME -> (value) -> values.time(values.read(value));
			case DATETIME -> (value) -> values.local(values.read(value));
			default -> (value) -> values.instant(values.read(value));
		});
		try {
			conversion.apply(format.write(SAMPLE));
			if (type != ValueType.DATE && format.losesTimeOf(SAMPLE)) {
				throw ValueType.badFormat(type, String.valueOf(configured),
						"which writes a time of day that cannot be read; HH is the hour (with hh goes a), mm the minute, ss the second");
			}
		}
		catch (DateTimeException ex) {
			throw ValueType.badFormat(type, String.valueOf(configured),
					"which does not contain all parts of %s".formatted(TimeFormat.like(type)));
		}
		return conversion;
	}

	private TemporalAccessor read(Object value) {
		if (value instanceof TemporalAccessor time) {
			return time;
		}
		if (value instanceof java.sql.Date date) {
			return date.toLocalDate();
		}
		if (value instanceof java.sql.Time time) {
			return time.toLocalTime();
		}
		return (value instanceof Date date) ? date.toInstant() : this.format.read(value);
	}

	private LocalDate date(TemporalAccessor time) {
		return (time instanceof LocalDate date) ? date : local(time).toLocalDate();
	}

	private LocalTime time(TemporalAccessor time) {
		if (time instanceof LocalDate) {
			throw new DateTimeException("no time of day");
		}
		return (time instanceof LocalTime local) ? local : local(time).toLocalTime();
	}

	private LocalDateTime local(TemporalAccessor time) {
		if (time instanceof LocalDateTime local) {
			return local;
		}
		return (time instanceof LocalDate date) ? date.atStartOfDay()
				: LocalDateTime.ofInstant(instant(time), this.zone);
	}

	private Instant instant(TemporalAccessor time) {
		if (time instanceof LocalDateTime || time instanceof LocalDate) {
			LocalDateTime local = local(time);
			if (this.zone.getRules().getValidOffsets(local).isEmpty()) {
				throw new SkippedTimeException(this.zone);
			}
			return local.atZone(this.zone).toInstant();
		}
		return Instant.from(time);
	}

}
