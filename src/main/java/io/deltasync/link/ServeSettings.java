package io.deltasync.link;

import java.time.Duration;

import io.deltasync.config.Section;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the command {@code serve}.
 *
 * @param maxRuns Number of Links that one 'serve' process runs at a time, 1 or more.
 * Automatic replays count, too
 * @param metricsAge How long figures for metrics are reused before the database is
 * queried again. More than 0
 * @param console Whether 'serve' has the console and the REST API. Without them it
 * answers only with health and metrics
 */
public record ServeSettings(@DefaultValue("4") int maxRuns, @DefaultValue("10s") Duration metricsAge,
		@DefaultValue("true") boolean console) {

	void check(Section engine) {
		if (this.maxRuns < 1) {
			engine.problem("serve.max-runs", "is %d; give 1 or more".formatted(this.maxRuns));
		}
		if (this.metricsAge.isNegative() || this.metricsAge.isZero()) {
			engine.problem("serve.metrics-age",
					"is %s; give a duration above 0, such as 10s".formatted(this.metricsAge));
		}
	}

}
