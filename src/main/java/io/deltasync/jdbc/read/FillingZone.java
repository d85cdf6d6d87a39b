package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.deltasync.jdbc.dialect.ServerZone;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * Compares the zone in which the database fills a column without a zone with the zone in
 * which the column is read. If they differ, a delta finds changes late or never.
 */
final class FillingZone {

	/** Expressions for the clock of the writing session; others may convert the zone. */
	private static final Pattern SESSION_CLOCK = Pattern.compile(
			"(?i).*\\b(current_timestamp|now|localtime|localtimestamp|sysdate|curdate|current_date)(\\(\\d*\\))?$");

	/** Short enough to sample summer and winter time, and the weeks in between. */
	private static final Duration STEP = Duration.ofDays(10);

	private static final int STEPS = 38;

	private final Table table;

	private final Column column;

	private final ZoneId zone;

	FillingZone(Table table, Column column, ZoneId zone) {
		this.table = table;
		this.column = column;
		this.zone = zone;
	}

	/**
	 * Whether the database fills the column from its clock and the column drops the zone.
	 */
	boolean applies() {
		boolean zoneless = this.column.type() == ColumnType.LOCAL_DATE_TIME || this.column.type() == ColumnType.DATE;
		return zoneless && this.column.filled().stream().anyMatch((by) -> SESSION_CLOCK.matcher(by.strip()).matches());
	}

	/**
	 * Checks the zone.
	 * @param connection a session with unchanged settings
	 * @return a warning, or null
	 * @throws WrongZoneException when the column is read in a zone that is neither the
	 * server's nor the session's
	 */
	@Nullable String check(Connection connection) throws SQLException {
		List<Instant> times = new ArrayList<>();
		Instant time = this.table.dialect().clock().now(connection);
		for (int i = 0; i < STEPS; i++) {
			times.add(time);
			time = time.plus(STEP);
		}
		List<ServerZone> zones = this.table.dialect().clock().zones(connection, times);
		for (ServerZone server : zones) {
			if (server.isUnknown() || server.differsFrom(this.zone, times) == null) {
				return server.equals(zones.get(0)) ? null : warning(zones.get(0), server);
			}
		}
		throw new WrongZoneException(refusal(zones.get(0), times));
	}

	private String refusal(ServerZone server, List<Instant> times) {
		Instant differs = server.differsFrom(this.zone, times);
		String when = times.get(0).equals(differs) ? "now" : "for example at " + differs;
		return ("Column '%s' of %s is filled by the server in its zone, %s, but is read in the zone %s, which differs %s: "
				+ "changes would be found late or never. Set the source's option zone: %s; or, if the sessions that "
				+ "write have another zone, give the connection the same one (%s)")
			.formatted(this.column.name(), this.table, server.name(), this.zone, when, server.remedy(),
					this.table.dialect().clock().zoneProperty(this.zone));
	}

	private String warning(ServerZone server, ServerZone session) {
		return ("Column '%s' of %s is filled by the server, whose zone is %s; it is read in the zone %s of the connection's "
				+ "sessions, as if those that write had that zone, too")
			.formatted(this.column.name(), this.table, server.name(), session.name());
	}

}
