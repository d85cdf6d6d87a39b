package io.deltasync.console;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.deltasync.schema.Product;

/**
 * How far the clock of a database is from that of this process.
 *
 * @param ahead how far the database is ahead; negative if it is behind
 * @param accuracy by how much this may be wrong, because the answer took time
 */
public record ClockSkew(Duration ahead, Duration accuracy) {

	/**
	 * Measures the skew.
	 * @param connection a connection to a product that may hold the JobRepository
	 * @param local this process's clock
	 * @return the skew
	 * @throws SQLException if the database does not answer, or is of another kind
	 */
	static ClockSkew measure(Connection connection, InstantSource local) throws SQLException {
		Product product = Product.of(connection);
		try (Statement statement = connection.createStatement()) {
			Instant before = local.instant();
			try (ResultSet row = statement.executeQuery(product.now())) {
				row.next();
				Instant there = product.readNow(row);
				Duration half = Duration.between(before, local.instant()).dividedBy(2);
				return new ClockSkew(Duration.between(before.plus(half), there), half);
			}
		}
	}

}
