package io.deltasync.run.start;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import io.deltasync.config.Schedule;
import io.deltasync.lease.Slots;
import io.deltasync.link.Link;

/**
 * Determines whether a full run of a Link is due. Thread-safe.
 */
public final class FullRuns {

	/** The trigger of runs that a {@code full-schedule} starts. */
	public static final String TRIGGER = "full-schedule";

	private final Slots slots;

	private final InstantSource clock;

	/**
	 * Creates the service.
	 * @param slots the time up to which slots were run
	 * @param clock the database's clock
	 */
	public FullRuns(Slots slots, InstantSource clock) {
		this.slots = slots;
		this.clock = clock;
	}

	/**
	 * Returns the newest slot of a Link's {@code full-schedule} that was not run. Slots
	 * count from the moment the schedule is first seen.
	 * @param link the Link
	 * @return the slot to pass to the run; empty if no full run is due
	 */
	public Optional<Instant> due(Link link) {
		Schedule schedule = link.fullSchedule();
		if (schedule == null) {
			return Optional.empty();
		}
		Instant now = this.clock.instant();
		Instant taken = this.slots.open(link.name(), TRIGGER, schedule.toString(), now);
		return Optional.ofNullable(schedule.newest(taken, now));
	}

}
