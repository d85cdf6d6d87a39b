package io.deltasync.jdbc.duckdb;

import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times. The driver returns the infinite ones as a time beyond all
 * others.
 */
final class DuckDbTimes extends StoredTimes {

	/** The first year of which no whole TIMESTAMP is finite. */
	private static final int INFINITE_YEAR = 294_247;

	private static final int INFINITE_DATE_YEAR = 5_877_600;

	@Override
	public @Nullable LocalDate date(ResultSet row, int index) throws SQLException {
		LocalDate date = super.date(row, index);
		if (date != null && Math.abs(date.getYear()) > INFINITE_DATE_YEAR) {
			throw infinite();
		}
		return date;
	}

	@Override
	public @Nullable LocalDateTime dateTime(ResultSet row, int index) throws SQLException {
		LocalDateTime time = super.dateTime(row, index);
		if (time != null && Math.abs(time.getYear()) >= INFINITE_YEAR) {
			throw infinite();
		}
		return time;
	}

	@Override
	public @Nullable Instant instant(ResultSet row, int index) throws SQLException {
		OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
		if (time != null && Math.abs(time.getYear()) >= INFINITE_YEAR) {
			throw infinite();
		}
		return (time != null) ? time.toInstant() : null;
	}

	private static SQLDataException infinite() {
		return new SQLDataException("the row holds infinity, which is no time");
	}

}
