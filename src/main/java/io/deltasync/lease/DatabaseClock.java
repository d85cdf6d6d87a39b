package io.deltasync.lease;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
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
		Instant now = (this.product == Product.H2)
				? this.jdbc.sql("SELECT CURRENT_TIMESTAMP(6)").query(OffsetDateTime.class).single().toInstant()
				// As text, to which no driver applies a time zone: MariaDB's driver would
				// shift it by an hour.
				: Instant.parse(this.jdbc.sql("SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)")
					.query(String.class)
					.single()
					.replace(' ', 'T') + "Z");
		return now.truncatedTo(ChronoUnit.MICROS);
	}

}
