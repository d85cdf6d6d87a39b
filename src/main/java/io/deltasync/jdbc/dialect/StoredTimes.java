package io.deltasync.jdbc.dialect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

/**
 * Reads dates, and dates with times, that know no zone: as they are stored, whatever the
 * zones of JVM, driver and server. Made once per query. For one thread.
 */
public class StoredTimes {

	public @Nullable LocalDate date(ResultSet row, int index) throws SQLException {
		return row.getObject(index, LocalDate.class);
	}

	public @Nullable LocalDateTime dateTime(ResultSet row, int index) throws SQLException {
		return row.getObject(index, LocalDateTime.class);
	}

	/** Reads what the session's zone was applied to, which is UTC. */
	public final @Nullable Instant instant(ResultSet row, int index) throws SQLException {
		LocalDateTime utc = dateTime(row, index);
		return (utc != null) ? utc.toInstant(ZoneOffset.UTC) : null;
	}

}
