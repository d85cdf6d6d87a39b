package io.deltasync.lease;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The clock of the JobRepository's database. All processes share it, so leases and run
 * timestamps are based on it. Times are in UTC with microseconds, whatever the time zone
 * of the server and of this JVM. Thread-safe.
 */
public class DatabaseClock implements InstantSource {

	private final JdbcTemplate jdbc;

	private final boolean h2;

	/**
	 * Creates the clock. Connects to the database.
	 * @param jdbc the JobRepository's database
	 */
	public DatabaseClock(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.h2 = "H2".equals(jdbc
			.execute((ConnectionCallback<String>) (connection) -> connection.getMetaData().getDatabaseProductName()));
	}

	@Override
	public Instant instant() {
		Instant now = this.h2
				? Objects.requireNonNull(this.jdbc.queryForObject("SELECT CURRENT_TIMESTAMP(6)", OffsetDateTime.class))
					.toInstant()
				// As text, to which no driver applies a time zone: MariaDB's driver would
				// shift it by an hour.
				: Instant.parse(Objects
					.requireNonNull(this.jdbc.queryForObject("SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)", String.class))
					.replace(' ', 'T') + "Z");
		return now.truncatedTo(ChronoUnit.MICROS);
	}

}
