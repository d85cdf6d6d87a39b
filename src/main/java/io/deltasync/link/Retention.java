package io.deltasync.link;

import java.time.Duration;

import io.deltasync.config.Section;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is over is kept; {@code prune} removes it then.
 *
 * @param events Sync Events, by their run timestamps
 * @param rejects rejects that wait no more, since they were last seen
 * @param scopes the scopes of successful Sync Events, which stay themselves
 */
public record Retention(@DefaultValue("90d") Duration events, @DefaultValue("90d") Duration rejects,
		@DefaultValue("7d") Duration scopes) {

	void check(Section engine) {
		check(engine, "retention.events", this.events);
		check(engine, "retention.rejects", this.rejects);
		check(engine, "retention.scopes", this.scopes);
	}

	private static void check(Section engine, String key, Duration time) {
		if (time.isNegative()) {
			engine.problem(key, "is %s; give a duration, such as 30d".formatted(time));
		}
	}

}
