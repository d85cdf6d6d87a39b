package io.deltasync.link;

import java.time.Duration;

import io.deltasync.config.Section;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls to a Link's adapters are made again after a failure that may pass.
 *
 * @param attempts how often a call is made at most, the first time included; 1: never
 * again
 * @param delay how long the first wait is, at least
 * @param multiplier how much longer each further wait is
 * @param maxDelay how long a wait is at most
 */
public record RetrySettings(@DefaultValue("3") int attempts, @DefaultValue("1s") Duration delay,
		@DefaultValue("2") double multiplier, @DefaultValue("30s") Duration maxDelay) {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	void check(Section link) {
		if (this.attempts < 1) {
			link.problem("retry.attempts", "is %d; give 1 or more, where 1 is no retry".formatted(this.attempts));
		}
		if (this.delay.compareTo(SHORTEST) < 0) {
			link.problem("retry.delay", "is %s; give a duration of 1ms or more, such as 1s".formatted(this.delay));
		}
		if (!(this.multiplier >= 1)) {
			link.problem("retry.multiplier", "is %s; give 1 or more".formatted(this.multiplier));
		}
		if (this.maxDelay.compareTo(this.delay) < 0) {
			link.problem("retry.max-delay",
					"is %s, less than the delay of %s; give the same or more".formatted(this.maxDelay, this.delay));
		}
	}

}
