package io.deltasync.jdbc.generic;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;

import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times as {@code java.time} types, or where a driver does not know
 * these, as JDBC's own in a calendar of UTC, which has all local times.
 */
final class GenericTimes extends StoredTimes {

	/** Drivers count earlier days by different calendars. */
	static final LocalDate FIRST = LocalDate.of(1582, 10, 15);

	private boolean legacy;

	/** Returns a calendar in which every local time exists. */
	static Calendar utc() {
		return new GregorianCalendar(TimeZone.getTimeZone("UTC"));
	}

	@Override
	public @Nullable LocalDate date(ResultSet row, int index) throws SQLException {
		LocalDate date = read(row, index, LocalDate.class, (legacyRow) -> {
			Date legacyDate = legacyRow.getDate(index, utc());
			return (legacyDate != null)
					? Instant.ofEpochMilli(legacyDate.getTime()).atOffset(ZoneOffset.UTC).toLocalDate() : null;
		});
		return (date != null) ? checked(date, date) : null;
	}

	@Override
	public @Nullable LocalDateTime dateTime(ResultSet row, int index) throws SQLException {
		LocalDateTime time = read(row, index, LocalDateTime.class, (legacyRow) -> {
			Timestamp legacyTime = legacyRow.getTimestamp(index, utc());
			return (legacyTime != null) ? LocalDateTime.ofInstant(legacyTime.toInstant(), ZoneOffset.UTC) : null;
		});
		return (time != null) ? checked(time, time.toLocalDate()) : null;
	}

	/** Reads a time of day; null when the column is NULL. */
	@Nullable LocalTime time(ResultSet row, int index) throws SQLException {
		return read(row, index, LocalTime.class, (legacyRow) -> {
			Time legacyTime = legacyRow.getTime(index, utc());
			return (legacyTime != null) ? LocalTime.MIDNIGHT.plus(legacyTime.getTime(), ChronoUnit.MILLIS) : null;
		});
	}

	private <T extends Temporal> @Nullable T read(ResultSet row, int index, Class<T> type, Legacy<T> otherwise)
			throws SQLException {
		if (!this.legacy) {
			try {
				return row.getObject(index, type);
			}
			catch (SQLDataException | SQLFeatureNotSupportedException ex) {
				// reading it in the other way fails, too, if the value is the cause
				T value = otherwise.read(row);
				this.legacy = true;
				return value;
			}
		}
		return otherwise.read(row);
	}

	private static <T> T checked(T time, LocalDate date) throws SQLDataException {
		if (date.isBefore(FIRST)) {
			throw new SQLDataException(
					"the row holds %s: drivers do not agree on days before %s".formatted(time, FIRST));
		}
		return time;
	}

	/** Reads a value by a method of JDBC 1. */
	private interface Legacy<T> {

		@Nullable T read(ResultSet row) throws SQLException;

	}

}
