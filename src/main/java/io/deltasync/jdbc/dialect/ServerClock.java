package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The clock of a server, its zones, and the transactions that were open at a time.
 * Stateless and therefore thread-safe.
 */
public interface ServerClock {

	/** Returns the current time of the server's clock, even inside a transaction. */
	Instant now(Connection connection) throws SQLException;

	/**
	 * Returns the open transactions that may have written and began no later than a time.
	 * @return null when there are none, or when the account may not see them
	 */
	@Nullable OpenWrites openWrites(Connection connection, Instant until) throws SQLException;

	/**
	 * Returns the zones in which sessions may fill columns: the server's own first, then
	 * the zone of this session if it differs.
	 * @param times the points in time at which the offsets are read
	 */
	List<ServerZone> zones(Connection connection, List<Instant> times) throws SQLException;

	/**
	 * Returns the setting that gives the sessions of a connection a zone, for messages.
	 */
	String zoneProperty(ZoneId zone);

}
