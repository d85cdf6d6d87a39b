package io.deltasync.link;

import java.time.Duration;

import io.deltasync.config.Section;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long stored history is kept before {@code prune} deletes it.
 *
 * @param events How long 'prune' keeps Sync Events, counted from their run timestamps,
 * entries of the audit log, and notifications that were sent or have expired
 * @param rejects How long 'prune' keeps closed rejects, counted from their last failure
 * @param scopes How long 'prune' keeps the scopes of runs whose window a successful run
 * has covered. The Sync Events stay
 * @param pushes How long 'prune' keeps requests that were pushed to Links, and so their
 * idempotency keys, counted from their delivery
 */
public record Retention(@DefaultValue("90d") Duration events, @DefaultValue("90d") Duration rejects,
		@DefaultValue("7d") Duration scopes, @DefaultValue("7d") Duration pushes) {

	void check(Section engine) {
		check(engine, "retention.events", this.events);
		check(engine, "retention.rejects", this.rejects);
		check(engine, "retention.scopes", this.scopes);
		check(engine, "retention.pushes", this.pushes);
	}

	private static void check(Section engine, String key, Duration time) {
		if (time.isNegative()) {
			engine.problem(key, "is %s; give a duration, such as 30d".formatted(time));
		}
	}

}
