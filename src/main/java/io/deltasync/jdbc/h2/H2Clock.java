package io.deltasync.jdbc.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.deltasync.jdbc.dialect.OpenWrites;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.ServerZone;
import org.jspecify.annotations.Nullable;

/** Reads the clock of H2, its zone and its open transactions. */
final class H2Clock implements ServerClock {

	private static final String OPEN_WRITES = """
			SELECT SESSION_ID, SESSION_START,
			COALESCE(SLEEP_SINCE, EXECUTING_STATEMENT_START) <= CAST(? AS TIMESTAMP(9) WITH TIME ZONE)
			FROM INFORMATION_SCHEMA.SESSIONS
			WHERE CONTAINS_UNCOMMITTED AND SESSION_ID <> SESSION_ID()
			AND SESSION_START <= CAST(? AS TIMESTAMP(9) WITH TIME ZONE)""";

	/** Most transactions end within this number of pauses. */
	private static final int MOST_PAUSES = 14;

	private static final long PAUSE_NANOS = Duration.ofMillis(150).toNanos();

	@Override
	public Instant now(Connection connection) throws SQLException {
		return Queries
			.list(connection, "SELECT CURRENT_TIMESTAMP(9)", List.of(),
					(row) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.get(0);
	}

	/**
	 * Returns the open transactions. H2 does not report when a transaction began: at the
	 * earliest with its session, at the latest when the session became idle or began its
	 * current statement. If this leaves the start uncertain, the session counts when it
	 * has uncommitted changes in every sample.
	 */
	@Override
	public @Nullable OpenWrites openWrites(Connection connection, Instant until) throws SQLException {
		List<OpenSession> open = openSessions(connection, until);
		for (int pauses = 0; pauses < MOST_PAUSES && !open.stream().allMatch(OpenSession::known); pauses++) {
			LockSupport.parkNanos(PAUSE_NANOS);
			Set<Long> still = openSessions(connection, until).stream().map(OpenSession::id).collect(Collectors.toSet());
			open.removeIf((session) -> !session.known() && !still.contains(session.id()));
		}
		return open.stream()
			.map(OpenSession::start)
			.min(Comparator.naturalOrder())
			.map((since) -> new OpenWrites(since, true))
			.orElse(null);
	}

	private static List<OpenSession> openSessions(Connection connection, Instant until) throws SQLException {
		return Queries.list(connection, OPEN_WRITES, List.of(until.toString(), until.toString()),
				(row) -> new OpenSession(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant(),
						row.getBoolean(3)));
	}

	/** Returns one zone: that of the client, unless the URL sets another. */
	@Override
	public List<ServerZone> zones(Connection connection, List<Instant> times) throws SQLException {
		String name = Queries
			.list(connection, "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'TIME ZONE'",
					List.of(), (row) -> String.valueOf(row.getString(1)))
			.stream()
			.findFirst()
			.orElse("");
		try {
			ZoneRules rules = ZoneId.of(name).getRules();
			return List.of(new ServerZone(name, name,
					times.stream().map((time) -> rules.getOffset(time).getTotalSeconds()).toList()));
		}
		catch (DateTimeException ex) {
			return List.of(new ServerZone(name, name, List.of()));
		}
	}

	@Override
	public String zoneProperty(ZoneId zone) {
		return "TIME ZONE=%s in its URL".formatted(zone);
	}

	/**
	 * A session with uncommitted changes.
	 *
	 * @param id its number
	 * @param start when it was opened
	 * @param known whether its transaction is known to have begun by the time in question
	 */
	private record OpenSession(long id, Instant start, boolean known) {

	}

}
