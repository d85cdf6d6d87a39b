package io.deltasync.jdbc.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.OpenWrites;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.ServerZone;
import org.jspecify.annotations.Nullable;

/**
 * The clock of this process, in milliseconds as SQLite's functions: the processes that
 * write the file are on the same machine. SQLite permits one transaction that writes.
 */
final class SqliteClock implements ServerClock {

	/** Most transactions end within this number of pauses. */
	private static final int MOST_PAUSES = 14;

	private static final long PAUSE_NANOS = Duration.ofMillis(150).toNanos();

	@Override
	public Instant now(Connection connection) {
		return Instant.now().truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * Takes the lock of writers for a moment. If it is free, no transaction has written
	 * anything that is not committed yet.
	 */
	@Override
	public @Nullable OpenWrites openWrites(Connection connection, Instant until) throws SQLException {
		long patience = Queries.list(connection, "PRAGMA busy_timeout", List.of(), (row) -> row.getLong(1)).get(0);
		try (Statement statement = connection.createStatement()) {
			statement.execute("PRAGMA busy_timeout = 0");
			try {
				for (int pauses = 0; pauses < MOST_PAUSES; pauses++) {
					if (isFree(statement)) {
						return null;
					}
					LockSupport.parkNanos(PAUSE_NANOS);
				}
				return new OpenWrites(null, false);
			}
			finally {
				statement.execute("PRAGMA busy_timeout = " + patience);
			}
		}
	}

	private static boolean isFree(Statement statement) throws SQLException {
		try {
			statement.execute("BEGIN IMMEDIATE");
		}
		catch (SQLException ex) {
			// a database that cannot be written is read without this check
			return SqliteFailures.of(ex) != Failure.TRANSIENT;
		}
		statement.execute("ROLLBACK");
		return true;
	}

	/** Returns UTC, which SQLite's clock gives. */
	@Override
	public List<ServerZone> zones(Connection connection, List<Instant> times) {
		return List.of(new ServerZone("UTC", "UTC", times.stream().map((time) -> 0).toList()));
	}

	@Override
	public String zoneProperty(ZoneId zone) {
		return "which SQLite does not have";
	}

}
