package io.deltasync.simulation;

import java.sql.ResultSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.deltasync.lease.DatabaseClock;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The JobRepository's clock, which stands where the history says.
 */
final class VirtualDatabaseClock extends DatabaseClock {

	private final VirtualClock clock;

	private final Life life;

	VirtualDatabaseClock(JdbcTemplate jdbc, VirtualClock clock, Life life) {
		super(jdbc, Product.H2);
		this.clock = clock;
		this.life = life;
	}

	@Override
	public Instant instant() {
		this.life.check();
		return this.clock.now().truncatedTo(ChronoUnit.MICROS);
	}

	@Override
	protected Instant read(ResultSet row) {
		return instant();
	}

}
