package io.deltasync.console;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;

/**
 * How far the clock of a database is from that of this process.
 *
 * @param ahead how far the database is ahead; negative if it is behind
 * @param accuracy by how much this may be wrong, because the answer took time
 */
public record ClockSkew(Duration ahead, Duration accuracy) {

	/**
	 * Measures the skew.
	 * @param connection a connection to H2, MySQL or MariaDB
	 * @param local this process's clock
	 * @return the skew
	 * @throws SQLException if the database does not answer, or is of another kind
	 */
	static ClockSkew measure(Connection connection, InstantSource local) throws SQLException {
		boolean h2 = "H2".equals(connection.getMetaData().getDatabaseProductName());
		Instant before = local.instant();
		Instant there = h2 ? h2(connection) : mySql(connection);
		Duration took = Duration.between(before, local.instant());
		Duration half = took.dividedBy(2);
		return new ClockSkew(Duration.between(before.plus(half), there), half);
	}

	private static Instant h2(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT CURRENT_TIMESTAMP(6)")) {
			row.next();
			return row.getObject(1, OffsetDateTime.class).toInstant();
		}
	}

	/** Reads text, to which no driver applies a time zone. */
	private static Instant mySql(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)")) {
			row.next();
			return Instant.parse(row.getString(1).replace(' ', 'T') + "Z");
		}
	}

}
