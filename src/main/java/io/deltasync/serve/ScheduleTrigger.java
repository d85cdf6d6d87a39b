package io.deltasync.serve;

import java.time.Instant;

import io.deltasync.link.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * A Link's schedule.
 *
 * @param link the Link's name
 * @param schedule the schedule
 */
record ScheduleTrigger(String link, Schedule schedule) implements Trigger {

	@Override
	public String name() {
		return "schedule";
	}

	@Override
	public String definition() {
		return this.schedule.toString();
	}

	@Override
	public Instant beginning(Instant now) {
		return now;
	}

	@Override
	public @Nullable Instant newest(Instant after, Instant now) {
		return this.schedule.newest(after, now);
	}

}
