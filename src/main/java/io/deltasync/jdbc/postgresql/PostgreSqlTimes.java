package io.deltasync.jdbc.postgresql;

import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;

import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times through PostgreSQL's driver, which returns the largest and the
 * smallest value of a class for infinity.
 */
final class PostgreSqlTimes extends StoredTimes {

	@Override
	public @Nullable LocalDate date(ResultSet row, int index) throws SQLException {
		LocalDate date = super.date(row, index);
		check(date, LocalDate.MAX, LocalDate.MIN);
		return date;
	}

	@Override
	public @Nullable LocalDateTime dateTime(ResultSet row, int index) throws SQLException {
		LocalDateTime time = super.dateTime(row, index);
		check(time, LocalDateTime.MAX, LocalDateTime.MIN);
		return time;
	}

	@Override
	public @Nullable Instant instant(ResultSet row, int index) throws SQLException {
		OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
		check(time, OffsetDateTime.MAX, OffsetDateTime.MIN);
		return (time != null) ? time.toInstant() : null;
	}

	/** Reads a time of day, but not 24:00, which its class does not have. */
	static @Nullable LocalTime time(ResultSet row, int index) throws SQLException {
		LocalTime time = row.getObject(index, LocalTime.class);
		if (LocalTime.MAX.equals(time)) {
			throw new SQLDataException("24:00:00 is not a time of day", "22007");
		}
		return time;
	}

	private static void check(@Nullable Object time, Object largest, Object smallest) throws SQLException {
		if (largest.equals(time) || smallest.equals(time)) {
			throw new SQLDataException(largest.equals(time) ? "it is infinity" : "it is -infinity", "22007");
		}
	}

}
