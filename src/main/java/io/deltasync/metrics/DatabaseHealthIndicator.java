package io.deltasync.metrics;

import java.time.Instant;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Reports whether the database of the JobRepository answers, within a short time.
 */
public final class DatabaseHealthIndicator extends AbstractHealthIndicator {

	private final CachedSupplier<Instant> clock;

	/**
	 * Creates an indicator.
	 * @param clock reads the time of the database without waiting for a slow answer
	 */
	public DatabaseHealthIndicator(CachedSupplier<Instant> clock) {
		this.clock = clock;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (this.clock.isAnswered()) {
			builder.up();
		}
		else {
			builder.down().withDetail("reason", "the database of the JobRepository does not answer");
		}
	}

}
