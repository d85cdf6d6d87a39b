package io.deltasync.jdbc.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.deltasync.jdbc.dialect.OpenWrites;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.ServerZone;
import org.jspecify.annotations.Nullable;

/**
 * Reads the clock of PostgreSQL and its open transactions.
 */
final class PostgreSqlClock implements ServerClock {

	// now() would be the start of the transaction. A replica shows what was committed
	// until the commit that it has replayed last.
	private static final String NOW = """
			SELECT CASE WHEN pg_catalog.pg_is_in_recovery()
			THEN COALESCE(pg_catalog.pg_last_xact_replay_timestamp(), pg_catalog.pg_postmaster_start_time())
			ELSE pg_catalog.clock_timestamp() END""";

	/** Otherwise the server repeats what it told this transaction before. */
	private static final String FRESH = "SELECT pg_catalog.pg_stat_clear_snapshot()";

	// Whatever has written holds a lock on its own number, which every account may see.
	// Of transactions of other accounts and of prepared ones no start is shown. Those of
	// other databases of the server do not matter.
	private static final String OPEN_WRITES = """
			SELECT l.transactionid::text, known.xact_start FROM pg_catalog.pg_locks l
			LEFT JOIN pg_catalog.pg_stat_activity known ON known.pid = l.pid
			LEFT JOIN pg_catalog.pg_prepared_xacts prepared ON prepared.transaction = l.transactionid
			WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
			AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
			AND COALESCE(known.datname, prepared.database, pg_catalog.current_database())
			= pg_catalog.current_database()
			AND (known.xact_start IS NULL OR known.xact_start <= ?::timestamptz)""";

	// A replica has no locks of the transactions that it replays: all that it shows is
	// the oldest number that is open, and the number after the last one that has ended.
	private static final String REPLICA = """
			SELECT pg_catalog.pg_snapshot_xmin(s)::text::bigint, pg_catalog.pg_snapshot_xmax(s)::text::bigint
			FROM pg_catalog.pg_current_snapshot() s WHERE pg_catalog.pg_is_in_recovery()""";

	/** Most transactions end within this number of pauses. */
	private static final int MOST_PAUSES = 14;

	private static final long PAUSE_NANOS = Duration.ofMillis(150).toNanos();

	@Override
	public Instant now(Connection connection) throws SQLException {
		return Queries.list(connection, NOW, List.of(), (row) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.get(0);
	}

	/**
	 * Returns the open transactions. One whose start is not shown counts if it does not
	 * end within two seconds.
	 */
	@Override
	public @Nullable OpenWrites openWrites(Connection connection, Instant until) throws SQLException {
		List<Replayed> replica = replayed(connection);
		if (!replica.isEmpty()) {
			return openOnReplica(connection, replica.get(0));
		}
		Map<String, @Nullable Instant> open = open(connection, until);
		Set<String> unknown = new HashSet<>(open.keySet());
		unknown.removeIf((number) -> open.get(number) != null);
		for (int pauses = 0; pauses < MOST_PAUSES && !unknown.isEmpty(); pauses++) {
			LockSupport.parkNanos(PAUSE_NANOS);
			unknown.retainAll(open(connection, until).keySet());
		}
		Instant since = open.values().stream().filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
		return (since != null || !unknown.isEmpty()) ? new OpenWrites(since, unknown.isEmpty()) : null;
	}

	/** Waits for the transactions that were open at first. */
	private static @Nullable OpenWrites openOnReplica(Connection connection, Replayed first) throws SQLException {
		long oldest = first.oldest();
		for (int pauses = 0; pauses < MOST_PAUSES && oldest < first.next(); pauses++) {
			LockSupport.parkNanos(PAUSE_NANOS);
			// empty once the replica has become the primary
			oldest = replayed(connection).stream().mapToLong(Replayed::oldest).findFirst().orElse(oldest);
		}
		return (oldest < first.next()) ? new OpenWrites(null, false) : null;
	}

	private static List<Replayed> replayed(Connection connection) throws SQLException {
		return Queries.list(connection, REPLICA, List.of(), (row) -> new Replayed(row.getLong(1), row.getLong(2)));
	}

	/** Returns the starts of open transactions by their numbers. */
	private static Map<String, @Nullable Instant> open(Connection connection, Instant until) throws SQLException {
		Queries.list(connection, FRESH, List.of(), (row) -> true);
		Map<String, @Nullable Instant> open = new HashMap<>();
		Queries.list(connection, OPEN_WRITES, List.of(until.toString()), (row) -> {
			OffsetDateTime since = row.getObject(2, OffsetDateTime.class);
			return open.put(row.getString(1), (since != null) ? since.toInstant() : null);
		});
		return open;
	}

	/**
	 * Returns a zone whose offsets are unknown: each driver gives its sessions the zone
	 * of its program, and nothing shows that of the programs that write.
	 */
	@Override
	public List<ServerZone> zones(Connection connection, List<Instant> times) {
		return List.of(new ServerZone("unknown", "unknown", List.of()));
	}

	@Override
	public String zoneProperty(ZoneId zone) {
		return "options=-c TimeZone=%s".formatted((zone instanceof ZoneOffset) ? "UTC" : zone.getId());
	}

	/**
	 * The transactions that a replica has replayed.
	 *
	 * @param oldest the number of the oldest one that is open; {@code next} if there is
	 * none
	 * @param next the number after the last one that has ended
	 */
	private record Replayed(long oldest, long next) {

	}

}
