package io.deltasync.run.start;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.deltasync.config.Schedule;
import io.deltasync.lease.SlotTakenException;
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
	 * Says that a Link has no full runs that could be due.
	 * @param link the Link's name
	 * @return the message
	 */
	public static String lacking(String link) {
		return "Link '%s' has no full-schedule, so --full-if-due can never find a full run due; configure full-schedule, or leave out --full-if-due"
			.formatted(link);
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

	/**
	 * Starts a full run if one is due and no other process starts it, otherwise another
	 * run.
	 * @param <T> what a start returns
	 * @param link the Link
	 * @param full starts a full run for a slot
	 * @param otherwise starts the other run
	 * @return what was started
	 * @throws Exception any exception of the start
	 */
	public <T> T startIfDue(Link link, ForSlot<T> full, Callable<T> otherwise) throws Exception {
		Optional<Instant> due = due(link);
		if (due.isPresent()) {
			try {
				return full.start(due.get());
			}
			catch (SlotTakenException ex) {
				// another process has started the full run
			}
		}
		return otherwise.call();
	}

	/**
	 * Starts a run for a slot.
	 *
	 * @param <T> what a start returns
	 */
	@FunctionalInterface
	public interface ForSlot<T> {

		/**
		 * Starts the run.
		 * @param slot the slot to pass to the run
		 * @return what was started
		 * @throws SlotTakenException if the slot was run in the meantime
		 * @throws Exception any other exception of the start
		 */
		T start(Instant slot) throws Exception;

	}

}
