package io.deltasync.serve;

import java.time.Instant;

import io.deltasync.config.Schedule;
import io.deltasync.event.Mode;
import org.jspecify.annotations.Nullable;

/**
 * The trigger of a Link's schedule of delta runs, of full runs or of verifications.
 *
 * @param link the Link's name
 * @param name the kind of the schedule
 * @param mode the mode of its runs
 * @param schedule the schedule
 */
record ScheduleTrigger(String link, String name, Mode mode, Schedule schedule) implements Trigger {

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
