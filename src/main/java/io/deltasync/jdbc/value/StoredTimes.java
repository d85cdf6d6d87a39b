package io.deltasync.jdbc.value;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times without a zone as they are stored, whatever the zones of JVM,
 * driver and server. Created once per query; confined to one thread.
 */
public class StoredTimes {

	/** Reads a date; null when the column is NULL. */
	public @Nullable LocalDate date(ResultSet row, int index) throws SQLException {
		return row.getObject(index, LocalDate.class);
	}

	/** Reads a date with a time; null when the column is NULL. */
	public @Nullable LocalDateTime dateTime(ResultSet row, int index) throws SQLException {
		return row.getObject(index, LocalDateTime.class);
	}

	/** Reads a point in time from a session whose zone is UTC. */
	public @Nullable Instant instant(ResultSet row, int index) throws SQLException {
		LocalDateTime utc = dateTime(row, index);
		return (utc != null) ? utc.toInstant(ZoneOffset.UTC) : null;
	}

}
