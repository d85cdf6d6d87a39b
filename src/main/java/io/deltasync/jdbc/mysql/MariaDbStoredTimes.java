package io.deltasync.jdbc.mysql;

import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.TimeZone;

import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times through MariaDB's driver. By default the driver interprets them
 * in the zone of the JVM: it shifts times that do not exist there by an hour, and returns
 * null for zero dates. With an explicit calendar it does neither.
 */
final class MariaDbStoredTimes extends StoredTimes {

	private final GregorianCalendar utc = new GregorianCalendar(TimeZone.getTimeZone("UTC"));

	@SuppressWarnings("JavaUtilDate")
	MariaDbStoredTimes() {
		// The servers do not use the Julian calendar.
		this.utc.setGregorianChange(new Date(Long.MIN_VALUE));
	}

	@Override
	public @Nullable LocalDate date(ResultSet row, int index) throws SQLException {
		LocalDate date = super.date(row, index);
		if (date == null) {
			checkNull(row, index);
		}
		return date;
	}

	@Override
	public @Nullable LocalDateTime dateTime(ResultSet row, int index) throws SQLException {
		// With a calendar the driver turns 31 February into another day; this call fails.
		if (super.dateTime(row, index) == null) {
			checkNull(row, index);
			return null;
		}
		Timestamp time = row.getTimestamp(index, this.utc);
		return LocalDateTime.ofEpochSecond(Math.floorDiv(time.getTime(), 1000L), time.getNanos(), ZoneOffset.UTC);
	}

	private static void checkNull(ResultSet row, int index) throws SQLException {
		if (row.getString(index) != null) {
			throw new SQLDataException("Zero date value prohibited", "22007");
		}
	}

}
