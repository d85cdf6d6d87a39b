package io.deltasync.jdbc.value;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.util.Date;

import org.jspecify.annotations.Nullable;

/**
 * Writes dates, and dates with times. Uses the configured zone to convert between values
 * with a zone and values without one.
 */
final class DateTimeWriter extends ColumnWriter {

	private final ZoneId zone;

	private final boolean ofKey;

	DateTimeWriter(Column column, ZoneId zone, boolean ofKey) {
		super(column);
		this.zone = zone;
		this.ofKey = ofKey;
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		Object time = (value instanceof String text) ? parse(text) : value;
		Temporal fitting;
		try {
			fitting = fit(time);
		}
		catch (DateTimeException ex) {
			throw ValueRefusedException.of(column(), "%s is out of range".formatted(value));
		}
		if (this.ofKey) {
			checkKey(value, time, fitting);
		}
		values.add(fitting);
	}

	/** Refuses a value that could merge two texts or two moments into one row. */
	private void checkKey(Object value, Object time, Temporal fitting) throws ValueRefusedException {
		if (value instanceof String text && !TimeText.withoutZeros(text).equals(written(time, fitting))) {
			throw ValueRefusedException.of(column(),
					"it is part of the key and would store '%s' as '%s'; records would become one row: give '%s' a type such as datetime under mapping.types"
						.formatted(text, written(time, fitting), column().name()));
		}
		boolean moment = !(time instanceof LocalDateTime) && !(time instanceof LocalDate);
		if (moment && (fitting instanceof LocalDateTime local) && column().type() == ColumnType.LOCAL_DATE_TIME
				&& !instant(local).equals(Fractions.truncate(instant(time), column().scale()))) {
			throw ValueRefusedException.of(column(),
					"it is part of the key, and %s stands for two moments in %s, where clocks were set back"
						.formatted(local, this.zone));
		}
	}

	private String written(Object time, Temporal fitting) {
		if (fitting instanceof LocalDate date) {
			return date.toString();
		}
		if (column().type() == ColumnType.LOCAL_DATE_TIME || !(time instanceof LocalDateTime local)) {
			return (fitting instanceof LocalDateTime) ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(fitting)
					: DateTimeFormatter.ISO_OFFSET_DATE_TIME
						.format((fitting instanceof Instant instant) ? instant.atOffset(ZoneOffset.UTC) : fitting);
		}
		return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local);
	}

	private Temporal fit(Object time) throws ValueRefusedException {
		return switch (column().type()) {
			case DATE -> date(time);
			case LOCAL_DATE_TIME -> Fractions.fit(column(), this.ofKey, local(time));
			case INSTANT -> Fractions.fit(column(), this.ofKey, instant(time)).atOffset(ZoneOffset.UTC).toInstant();
			default -> Fractions.fit(column(), this.ofKey,
					(time instanceof OffsetDateTime offset) ? offset : instant(time).atOffset(ZoneOffset.UTC));
		};
	}

	private LocalDate date(Object time) throws ValueRefusedException {
		if (time instanceof LocalDate date) {
			return date;
		}
		LocalDateTime local = local(time);
		if (!local.toLocalTime().equals(LocalTime.MIDNIGHT)) {
			throw ValueRefusedException.of(column(), "%s has a time of day, which would be lost".formatted(time));
		}
		return local.toLocalDate();
	}

	private LocalDateTime local(Object time) throws ValueRefusedException {
		if (time instanceof LocalDateTime local) {
			return local;
		}
		if (time instanceof LocalDate date) {
			return date.atStartOfDay();
		}
		return LocalDateTime.ofInstant(instant(time), this.zone);
	}

	private Instant instant(Object time) throws ValueRefusedException {
		Instant known = known(time);
		if (known != null) {
			return known;
		}
		if (time instanceof LocalDateTime || time instanceof LocalDate) {
			LocalDateTime local = local(time);
			if (this.zone.getRules().getValidOffsets(local).isEmpty()) {
				throw ValueRefusedException.of(column(),
						"there is no %s in %s, because clocks were set forward".formatted(local, this.zone));
			}
			return local.atZone(this.zone).toInstant();
		}
		throw ValueRefusedException.never(column(), time);
	}

	@SuppressWarnings("JavaUtilDate")
	private static @Nullable Instant known(Object time) {
		if (time instanceof Instant instant) {
			return instant;
		}
		if (time instanceof OffsetDateTime offset) {
			return offset.toInstant();
		}
		if (time instanceof ZonedDateTime zoned) {
			return zoned.toInstant();
		}
		return (time instanceof Date date) ? Instant.ofEpochMilli(date.getTime())
			.plusNanos((date instanceof java.sql.Timestamp stamp) ? stamp.getNanos() % 1_000_000 : 0) : null;
	}

	private TemporalAccessor parse(String text) throws ValueRefusedException {
		try {
			TemporalAccessor time = DateTimeText.parse(text);
			if (time.get(ChronoField.YEAR) > 0) {
				return time;
			}
		}
		catch (DateTimeParseException ex) {
			// refused below
		}
		throw ValueRefusedException.of(column(),
				"'%s' is not a time such as 2026-11-21T08:00:00.123Z or 2026-11-21".formatted(text));
	}

}
