package io.deltasync.lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The clock of the JobRepository's database. All processes share it, so leases and run
 * timestamps are based on it. Times are in UTC with microseconds, whatever the time zone
 * of the server and of this JVM. Thread-safe.
 */
public class DatabaseClock implements InstantSource {

	private final JdbcClient jdbc;

	private final Product product;

	/**
	 * Creates the clock.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public DatabaseClock(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.product = product;
	}

	@Override
	public Instant instant() {
		return this.jdbc.sql(this.product.now()).query((row, number) -> read(row)).single();
	}

	/**
	 * Returns a query that reads the time with each row, which saves a query of its own.
	 * @param select what follows the time: the columns, and all that comes after them
	 * @return the query, whose rows {@link #read} reads
	 */
	String selectWith(String select) {
		return this.product.now() + ", " + select;
	}

	/**
	 * Reads the time of a row.
	 * @param row the row
	 * @return the time
	 * @throws SQLException if it cannot be read
	 */
	protected Instant read(ResultSet row) throws SQLException {
		return this.product.readNow(row).truncatedTo(ChronoUnit.MICROS);
	}

}
