package io.deltasync.run.start;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.deltasync.event.Identities;
import io.deltasync.event.LinkChangedException;
import io.deltasync.event.Mode;
import io.deltasync.event.NewestRun;
import io.deltasync.event.ReplayOrigin;
import io.deltasync.event.Rewrite;
import io.deltasync.event.RunParameters;
import io.deltasync.event.RunRefusedException;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.view.LinkWindow;
import io.deltasync.lease.SlotTakenException;
import io.deltasync.lease.Slots;
import io.deltasync.link.LinkIdentity;
import io.deltasync.run.plan.AnswerLimit;
import io.deltasync.run.plan.StartCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * Completes the job parameters of a new run, from the start of its window to the event
 * that it replays. Callers must hold the Link's lease.
 */
final class RunParametersFactory {

	/** How many runs are read to find the last one that was not a testing run. */
	private static final int RUNS_LOOKED_AT = 20;

	private final SyncEvents events;

	private final ReplayResolver replays;

	private final AutoReplays autoReplays;

	private final Slots slots;

	RunParametersFactory(SyncEvents events, ReplayResolver replays, AutoReplays autoReplays, Slots slots) {
		this.events = events;
		this.replays = replays;
		this.autoReplays = autoReplays;
		this.slots = slots;
	}

	/**
	 * Completes the given parameters.
	 * @param given the parameters from the caller that starts the run
	 * @param newest the newest run of the Link
	 * @param limit limits the wait for the Link's adapters
	 * @param now when the Link was acquired, by the database's clock
	 * @return the run's job parameters
	 * @throws InvalidJobParametersException if a given time is in the future or the given
	 * event cannot be replayed, a {@link WindowChangedException} if the window is another
	 * one than the caller has seen; the message says why
	 * @throws SlotTakenException if the scheduled slot has already been run
	 * @throws RunRefusedException if the source refuses the run, or the run would rely on
	 * a window or an event of another source or target
	 */
	JobParameters complete(GivenParameters given, NewestRun newest, AnswerLimit limit, Instant now)
			throws InvalidJobParametersException, SlotTakenException, RunRefusedException {
		LinkIdentity identity = limit.identity();
		given.checkPast(now);
		String link = given.link().name();
		StartCheck.checkMode(given.link(), given.mode());
		Instant slot = given.slot();
		if (slot != null && (this.slots.isTaken(link, given.trigger(), slot) || isOvertaken(given, slot))) {
			throw new SlotTakenException(link, slot);
		}
		LinkIdentity last = newest.lastIdentity();
		new Identities(identity, last).checkWindow(link, given.mode());
		boolean planned = List.of(Mode.DELTA, Mode.FULL, Mode.VERIFY).contains(given.mode());
		List<String> properties = planned ? StartCheck.check(given.link(), now, limit) : List.of();
		checkWindowToKeep(given, newest);
		checkWindowSeen(given);
		ReplayOrigin replayed = (given.mode() == Mode.REPLAY && given.record() == null) ? replayed(given, identity)
				: null;
		Instant timestamp = given.runTimestamp();
		JobParameters parameters = new RunParameters(
				(timestamp != null) ? timestamp : runTimestamp(newest.event(), now), given.mode(),
				given.mode() != Mode.SET && given.isTesting(), given.trigger(),
				given.mode().movesWindow() ? this.events.nextWindow(link, newest.lastSuccess()) : newest.lastSuccess(),
				replayed, given.rewrite().or(rewriteOf(replayed)).or(leftRewrite(link, newest.event())),
				given.isForced(), given.setTo(), new Identities(identity.withProperties(properties), last),
				given.record(), given.verification())
			.toJobParameters();
		return (slot != null)
				? new JobParametersBuilder(parameters).addString(RunParameters.SLOT, slot.toString(), false)
					.toJobParameters()
				: parameters;
	}

	/** Whether another run of the Link began before this automatic replay. */
	private boolean isOvertaken(GivenParameters given, Instant slot) {
		return given.trigger().equals(AutoReplays.TRIGGER)
				&& this.autoReplays.next(given.link()).filter((next) -> next.slot().equals(slot)).isEmpty();
	}

	private ReplayOrigin replayed(GivenParameters given, LinkIdentity now)
			throws InvalidJobParametersException, LinkChangedException {
		String link = given.link().name();
		SyncEvent event = this.replays.find(link, given.replayOf());
		checkUnchanged(link, event.id(), this.events.parameters(event.id()).orElse(null), now);
		return this.replays.decide(event);
	}

	/**
	 * Checks that a run to be restarted or replayed has the Link's current identity.
	 * @param link the Link's name
	 * @param event the run's event
	 * @param parameters the run's parameters; null if it has none
	 * @param now the Link's current identity
	 * @throws LinkChangedException if the identity differs
	 */
	static void checkUnchanged(String link, long event, @Nullable RunParameters parameters, LinkIdentity now)
			throws LinkChangedException {
		LinkIdentity before = (parameters != null) ? parameters.identities().run() : null;
		if (before != null && !now.changesSince(before).isEmpty()) {
			throw LinkChangedException.sinceEvent(link, event, now.changesSince(before));
		}
	}

	private static void checkWindowToKeep(GivenParameters given, NewestRun newest)
			throws InvalidJobParametersException {
		String link = given.link().name();
		if (given.isKeeping() && newest.lastSuccess().sync() == null) {
			throw new InvalidJobParametersException(
					"Link '%s': there is no window to keep, because no run was successful yet; 'run %s' fetches everything"
						.formatted(link, link));
		}
	}

	/** Checks that the window is the one that the caller has seen. */
	private void checkWindowSeen(GivenParameters given) throws WindowChangedException {
		String versions = given.ifWindow();
		if (versions != null) {
			String current = LinkWindow.of(given.link(), this.events).version();
			if (Arrays.stream(versions.split(",")).map(String::strip).noneMatch(current::equals)) {
				throw new WindowChangedException(given.link().name());
			}
		}
	}

	/**
	 * Returns the rewriting of a replay: it rewrites what it fetches if the replayed run
	 * did.
	 */
	private Rewrite rewriteOf(@Nullable ReplayOrigin replayed) {
		boolean rewrote = replayed != null && this.events.parameters(replayed.event())
			.filter((parameters) -> parameters.rewrite() != Rewrite.NOTHING)
			.isPresent();
		return rewrote ? Rewrite.FETCHED : Rewrite.NOTHING;
	}

	/**
	 * Returns the rewriting that carries over from earlier runs: to all runs until one is
	 * successful or, if everything must be rewritten, until a run has fetched, because
	 * that run has invalidated the digests of all records.
	 */
	private Rewrite leftRewrite(String link, Optional<SyncEvent> newest) {
		// a testing run writes nothing, so it leaves nothing to rewrite
		List<SyncEvent> before = newest.filter((event) -> !event.testing())
			.map(List::of)
			.orElseGet(() -> this.events.newest(link, RUNS_LOOKED_AT));
		if (before.size() == RUNS_LOOKED_AT && before.stream().allMatch(SyncEvent::testing)) {
			// the run before them is unknown, and rewriting too much is safe
			return Rewrite.EVERYTHING;
		}
		return before.stream()
			.filter((event) -> !event.testing())
			.findFirst()
			.filter((event) -> !event.success() || !List.of(Mode.DELTA, Mode.FULL).contains(event.mode()))
			.flatMap((event) -> this.events.parameters(event.id())
				.map(RunParameters::rewrite)
				.filter((rewrite) -> rewrite != Rewrite.EVERYTHING || event.records().fetched() == 0))
			.orElse(Rewrite.NOTHING);
	}

	/**
	 * Returns a timestamp after that of the newest run, even if the database's clock was
	 * set back.
	 */
	private static Instant runTimestamp(Optional<SyncEvent> newest, Instant now) {
		return newest.map((event) -> event.runTimestamp().plus(1, ChronoUnit.MICROS))
			.filter((next) -> next.isAfter(now))
			.orElse(now);
	}

}
