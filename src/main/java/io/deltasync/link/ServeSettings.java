package io.deltasync.link;

import java.time.Duration;

import io.deltasync.config.Section;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a resident process does.
 *
 * @param maxRuns how many Links it runs at a time, at most
 * @param metricsAge how old metrics may be that the database is not asked for again
 */
public record ServeSettings(@DefaultValue("4") int maxRuns, @DefaultValue("10s") Duration metricsAge) {

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
