package io.deltasync.link;

import java.time.Duration;

import io.deltasync.config.Section;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls to adapters and filters are retried after a transient failure, with
 * exponential back-off.
 *
 * @param attempts Maximum number of calls, the first included. '1' disables retries
 * @param delay The shortest first wait, 1 ms or more
 * @param multiplier Factor by which each further wait is longer, 1 or more
 * @param maxDelay The longest wait. Waits vary by up to 50 % in both directions, within
 * 'delay' and 'max-delay'
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
