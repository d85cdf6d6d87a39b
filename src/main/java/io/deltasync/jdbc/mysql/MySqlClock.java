package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.jdbc.dialect.OpenWrites;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.ServerZone;
import org.jspecify.annotations.Nullable;

/**
 * Reads the clock of a MySQL or MariaDB server, its zones and the begin of its open
 * transactions.
 */
final class MySqlClock implements ServerClock {

	// The server reports trx_started in the system's zone, regardless of the session's. A
	// waiting statement has written nothing yet, but its timestamp is already fixed.
	private static final String OPEN_WRITES = """
			SELECT CAST(MIN(CONVERT_TZ(trx_started, 'SYSTEM', '+00:00')) AS CHAR),
			COALESCE(SUM(trx_mysql_thread_id = 0), 0) = 0
			FROM information_schema.innodb_trx
			WHERE (trx_rows_modified > 0 OR (trx_tables_locked > 0 AND trx_query IS NOT NULL))
			AND trx_mysql_thread_id <> CONNECTION_ID()
			AND (trx_mysql_thread_id = 0 OR CONVERT_TZ(trx_started, 'SYSTEM', '+00:00') <= ?)""";

	private static final int PROCESS_PRIVILEGE_NEEDED = 1227;

	/**
	 * Returns the current time of the server. Reads text, because drivers do not convert
	 * it to another zone.
	 */
	@Override
	public Instant now(Connection connection) throws SQLException {
		return Queries
			.list(connection, "SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)", List.of(), (row) -> instant(row.getString(1)))
			.get(0);
	}

	private static Instant instant(String utc) {
		return Instant.parse(utc.replace(' ', 'T') + "Z");
	}

	/**
	 * Returns the transactions that began until a given time and are still open.
	 * @return null if there are none, or if the account lacks the privilege to see them
	 */
	@Override
	public @Nullable OpenWrites openWrites(Connection connection, Instant until) throws SQLException {
		String utc = LocalDateTime.ofInstant(until, ZoneOffset.UTC).toString().replace('T', ' ');
		try {
			return Queries.<@Nullable OpenWrites>list(connection, OPEN_WRITES, List.of(utc), (row) -> {
				String since = row.getString(1);
				return (since != null) ? new OpenWrites(instant(since), row.getBoolean(2)) : null;
			}).get(0);
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() == PROCESS_PRIVILEGE_NEEDED) {
				return null;
			}
			throw ex;
		}
	}

	/**
	 * Returns the zones of the server and of the session.
	 * @param times the times for which the offsets of the zones are computed
	 */
	@Override
	public List<ServerZone> zones(Connection connection, List<Instant> times) throws SQLException {
		List<String> names = Queries
			.list(connection, "SELECT @@GLOBAL.time_zone, @@SESSION.time_zone, @@system_time_zone", List.of(),
					(row) -> List.of(row.getString(1), row.getString(2), row.getString(3)))
			.get(0);
		List<ServerZone> zones = new ArrayList<>();
		for (String name : new LinkedHashSet<>(names.subList(0, 2))) {
			String known = name.equals("SYSTEM") ? names.get(2) : name;
			zones.add(new ServerZone(known, "\"%s\"".formatted(known), offsets(connection, name, times)));
		}
		return zones;
	}

	/**
	 * Lets the server compute the offsets, because its zone names may differ from Java's.
	 */
	private static List<Integer> offsets(Connection connection, String zone, List<Instant> times) throws SQLException {
		String sql = times.stream()
			.map((time) -> LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC))
			.map((utc) -> "'%s %s'".formatted(utc.toLocalDate(), utc.toLocalTime()))
			.map((utc) -> "TIMESTAMPDIFF(SECOND, %1$s, CONVERT_TZ(%1$s, '+00:00', ?))".formatted(utc))
			.collect(Collectors.joining(", ", "SELECT ", ""));
		return Queries.list(connection, sql, Collections.nCopies(times.size(), zone), (row) -> {
			List<Integer> offsets = new ArrayList<>();
			for (int i = 1; i <= times.size(); i++) {
				int offset = row.getInt(i);
				if (row.wasNull()) {
					return List.<Integer>of();
				}
				offsets.add(offset);
			}
			return offsets;
		}).get(0);
	}

	@Override
	public String zoneProperty(ZoneId zone) {
		return "sessionVariables=time_zone='%s'"
			.formatted((zone instanceof ZoneOffset) ? zone.getId().replace("Z", "+00:00") : zone.getId());
	}

}
