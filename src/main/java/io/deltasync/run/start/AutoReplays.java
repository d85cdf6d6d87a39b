package io.deltasync.run.start;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Slots;
import io.deltasync.link.Link;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.plan.ReplayPlan;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;

/**
 * Determines which automatic replay is to follow the newest run of a Link, from what is
 * stored of its runs. Each replay retries what the previous one left, up to the Link's
 * limit. Any other run of the Link ends this: it fetches more than a replay would. A
 * replay that was interrupted, because its process ended or died, is started again.
 * Thread-safe.
 */
public final class AutoReplays {

	/** The trigger of automatic replays. */
	public static final String TRIGGER = "auto-replay";

	private static final Duration LONGEST_WAIT = Duration.ofHours(1);

	/** How many runs are read to count the replays since the last other run. */
	private static final int RUNS_LOOKED_AT = 30;

	/** With more crashes than this, a replay is assumed to kill its process. */
	private static final int MOST_CRASHES = 3;

	private final SyncEvents events;

	private final Leases leases;

	private final Slots slots;

	private final RunTransactions transactions;

	private final ReplayResolver replays;

	/**
	 * Creates the service.
	 * @param events the Sync Events
	 * @param leases the holders of Links
	 * @param slots the slots that were run; the slots of replays are the run timestamps
	 * of the replayed events
	 * @param tables the tables in which runs store their state
	 * @param transactions the transactions in which they store it
	 */
	public AutoReplays(SyncEvents events, Leases leases, Slots slots, RunTables tables, RunTransactions transactions) {
		this.events = events;
		this.leases = leases;
		this.slots = slots;
		this.transactions = transactions;
		this.replays = new ReplayResolver(events, new ReplayPlan(tables.plans(), tables.pages(), tables.failedScopes(),
				tables.rejectsToDeliver(), transactions), transactions);
	}

	/**
	 * Finds the replay that is to follow the newest run of a Link.
	 * @param link the Link
	 * @return the replay, whether or not its time has come; empty if none follows: the
	 * newest run delivered everything, was aborted or stopped, is no run to be replayed
	 * or left nothing that a replay could deliver, or its replay was started or prevented
	 */
	public Optional<AutoReplay> next(Link link) {
		return (link.autoReplay() == 0) ? Optional.empty()
				: newest(link.name()).filter((newest) -> newest.endedAt() != null)
					.flatMap((newest) -> next(link, newest));
	}

	/** Returns the newest run that delivers. */
	private Optional<SyncEvent> newest(String link) {
		return this.events.newest(link)
			.flatMap((newest) -> (newest.mode() != Mode.VERIFY || !newest.status().ended()) ? Optional.of(newest)
					: this.events.newest(link, RUNS_LOOKED_AT)
						.stream()
						.filter((run) -> run.mode() != Mode.VERIFY)
						.findFirst());
	}

	private Optional<AutoReplay> next(Link link, SyncEvent newest) {
		List<SyncEvent> replays = isAutomatic(newest) ? replaysUpTo(link) : List.of();
		SyncEvent failed = isInterrupted(newest)
				? this.events.find(Objects.requireNonNull(newest.replayOf())).orElse(newest) : newest;
		int before = (int) count(replays, Status.COMPLETED);
		if (!isToBeReplayed(failed) || before >= link.autoReplay() || replays.size() == RUNS_LOOKED_AT
				|| count(replays, Status.CRASHED) >= MOST_CRASHES
				|| this.slots.isTaken(link.name(), TRIGGER, failed.runTimestamp()) || !isLeft(failed)) {
			return Optional.empty();
		}
		return Optional.of(new AutoReplay(newest.id(), failed.id(), failed.runTimestamp(),
				Objects.requireNonNull(newest.endedAt()), wait(link, before), before + 1));
	}

	private List<SyncEvent> replaysUpTo(Link link) {
		return this.events.newest(link.name(), RUNS_LOOKED_AT)
			.stream()
			.filter((run) -> run.mode() != Mode.VERIFY)
			.takeWhile(AutoReplays::isAutomatic)
			.toList();
	}

	private static long count(List<SyncEvent> replays, Status status) {
		return replays.stream().filter((replay) -> replay.status() == status).count();
	}

	private static boolean isAutomatic(SyncEvent event) {
		return event.trigger().equals(TRIGGER) && event.replayOf() != null;
	}

	/**
	 * Whether a replay has not come to its end. A person's stop leaves its slot taken.
	 */
	private static boolean isInterrupted(SyncEvent event) {
		return isAutomatic(event) && (event.status() == Status.CRASHED || event.status() == Status.STOPPED);
	}

	private static boolean isToBeReplayed(SyncEvent event) {
		return event.status() == Status.COMPLETED && !event.success() && !event.testing() && event.mode() != Mode.SET
				&& event.mode() != Mode.VERIFY && (event.mode() != Mode.REPLAY || isAutomatic(event));
	}

	/** Whether a replay would have anything to do. */
	private boolean isLeft(SyncEvent event) {
		try {
			this.replays.decide(event);
			return true;
		}
		catch (InvalidJobParametersException ex) {
			return false;
		}
	}

	/**
	 * Returns the wait before a replay: twice as long as the previous one, up to an hour.
	 */
	private static Duration wait(Link link, int before) {
		Duration wait = link.autoReplayAfter().multipliedBy(1L << before);
		return (wait.compareTo(LONGEST_WAIT) < 0) ? wait : LONGEST_WAIT;
	}

	/**
	 * Prevents the replay that is to follow a run, unless it has started.
	 * @param link the Link
	 * @param event the Sync Event that the replay would follow
	 * @return false when no replay is to follow this event
	 */
	boolean prevent(Link link, long event) {
		Optional<AutoReplay> next = next(link).filter((replay) -> replay.follows() == event);
		return next.isPresent() && this.transactions.call(() -> {
			// from here on, no run of the Link begins before the slot is taken
			boolean waits = this.leases.lock(link.name())
				.filter((state) -> !state.held() && !next.get().isPrevented(state))
				.isPresent() && !this.slots.isTaken(link.name(), TRIGGER, next.get().slot());
			if (waits) {
				giveUp(link.name(), next.get());
			}
			return waits;
		});
	}

	/**
	 * Gives up a replay, in all processes.
	 * @param link the Link's name
	 * @param replay the replay that is not to be started
	 */
	public void giveUp(String link, AutoReplay replay) {
		// no process may have served this Link yet
		this.slots.open(link, TRIGGER, TRIGGER, Instant.EPOCH);
		this.slots.take(link, TRIGGER, replay.slot());
	}

}
