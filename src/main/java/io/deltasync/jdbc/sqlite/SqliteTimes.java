package io.deltasync.jdbc.sqlite;

import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;

import io.deltasync.jdbc.value.DateTimeText;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times, which SQLite stores as texts in the forms of its own functions
 * and of ISO 8601, and writes them in one form. At least three digits follow the second,
 * as in the results of SQLite's functions, so that texts compare as times do.
 */
final class SqliteTimes extends StoredTimes {

	private static final int LEAST_DIGITS = 3;

	private static final int MOST_DIGITS = 9;

	private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
		.appendPattern("uuuu-MM-dd[['T'][ ]HH:mm[:ss]")
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, MOST_DIGITS, true)
		.appendPattern("[ ][XXX]]")
		.toFormatter()
		.withResolverStyle(ResolverStyle.STRICT);

	private static final DateTimeFormatter WRITTEN_TIME = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss")
		.appendFraction(ChronoField.NANO_OF_SECOND, LEAST_DIGITS, MOST_DIGITS, true)
		.toFormatter();

	private static final DateTimeFormatter WRITTEN_DATE_TIME = new DateTimeFormatterBuilder()
		.appendPattern("uuuu-MM-dd ")
		.append(WRITTEN_TIME)
		.toFormatter();

	private static final DateTimeFormatter WRITTEN_INSTANT = new DateTimeFormatterBuilder()
		.appendPattern("uuuu-MM-dd'T'")
		.append(WRITTEN_TIME)
		.appendLiteral('Z')
		.toFormatter();

	/** Returns the text in which a date or a time is stored. */
	static String text(Temporal time) {
		if (time instanceof LocalDateTime local) {
			return WRITTEN_DATE_TIME.format(local);
		}
		if (time instanceof LocalTime local) {
			return WRITTEN_TIME.format(local);
		}
		if (time instanceof Instant instant) {
			return WRITTEN_INSTANT.format(instant.atOffset(ZoneOffset.UTC));
		}
		return time.toString();
	}

	@Override
	public @Nullable LocalDate date(ResultSet row, int index) throws SQLException {
		TemporalAccessor time = parsed(row, index);
		if (time == null || time instanceof LocalDate) {
			return (LocalDate) time;
		}
		throw unreadable(row, index, "a date such as 2026-11-21");
	}

	@Override
	public @Nullable LocalDateTime dateTime(ResultSet row, int index) throws SQLException {
		Object time = anyDateTime(row, index);
		if (time instanceof OffsetDateTime) {
			throw unreadable(row, index, "a time without an offset");
		}
		return (LocalDateTime) time;
	}

	/** Reads a date with a time and possibly an offset; null when the column is NULL. */
	@Nullable Object anyDateTime(ResultSet row, int index) throws SQLException {
		TemporalAccessor time = parsed(row, index);
		return (time instanceof LocalDate date) ? date.atStartOfDay() : time;
	}

	@Override
	public @Nullable Instant instant(ResultSet row, int index) throws SQLException {
		TemporalAccessor time = parsed(row, index);
		if (time == null) {
			return null;
		}
		if (time instanceof OffsetDateTime offset) {
			return offset.toInstant();
		}
		throw unreadable(row, index, "a time with an offset such as 2026-11-21T08:00:00Z");
	}

	/** Reads a time of day; null when the column is NULL. */
	@Nullable LocalTime time(ResultSet row, int index) throws SQLException {
		Object stored = row.getObject(index);
		if (stored == null) {
			return null;
		}
		if (stored instanceof String text) {
			try {
				return LocalTime.parse(text);
			}
			catch (DateTimeException ex) {
				// reported below
			}
		}
		throw unreadable(row, index, "a time of day such as 08:00:00");
	}

	private static @Nullable TemporalAccessor parsed(ResultSet row, int index) throws SQLException {
		Object stored = row.getObject(index);
		if (stored == null) {
			return null;
		}
		if (stored instanceof String text) {
			try {
				TemporalAccessor usual = DateTimeText.usual(text);
				return (usual != null) ? usual
						: DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
			}
			catch (DateTimeException ex) {
				// reported below
			}
		}
		throw unreadable(row, index, "a time such as 2026-11-21 08:00:00.123");
	}

	private static SQLDataException unreadable(ResultSet row, int index, String expected) throws SQLException {
		return SqliteValues.unreadable(row.getObject(index), expected);
	}

}
