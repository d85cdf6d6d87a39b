package io.deltasync.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoField;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.Inbox;
import io.deltasync.lease.LeaseState;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.Slots;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.link.RunAfter;
import io.deltasync.reject.RejectsToDeliver;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.start.AutoReplays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Runs Links automatically while the process lives: checks once a second for dead runs
 * and for due slots, by the database's clock. A slot that cannot be run at its time,
 * because its Link is running, the maximum number of runs is reached, or no process was
 * there, is run as soon as possible; several missed slots result in a single run.
 * Confined to one thread.
 */
public final class ServeLoop {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final String LACKS_FULL_RUNS = "Link '{}': deletes finds deleted records in full runs only, and no "
			+ "full-schedule is configured; add one, or start 'run LINK --full' by another scheduler";

	private static final Logger logger = LoggerFactory.getLogger(ServeLoop.class);

	private final Links links;

	private final Leases leases;

	private final ActiveRuns live;

	private final Dispatcher dispatcher;

	private final Recovery recovery;

	private final InstantSource clock;

	private final LatestSuccesses successes;

	private final SlotStarts starts;

	private final NextReplays nextReplays;

	private final PushBacklog pushes;

	private final Slots slots;

	private final Pauses pauses;

	private final LinkProblems problems;

	private final SolvedProblems solved;

	private final Set<Slot> waiting = new HashSet<>();

	/** The leases at the previous check. */
	private Set<LeaseState> known = Set.of();

	private @Nullable Timetable timetable;

	/**
	 * The time of the last check, by the clock of the database and by that of this
	 * process.
	 */
	private Instant checked = Instant.EPOCH;

	private long checkedNanos;

	private boolean failing;

	/**
	 * Creates a loop, which begins with {@link #serve}.
	 * @param links the Links to run
	 * @param leases which Links are running, in any process
	 * @param slots the times that are due, shared by all processes
	 * @param pauses the Links that a person has paused
	 * @param events the stored runs
	 * @param replays the automatic replays
	 * @param inbox the requests that were pushed to Links
	 * @param rejects the records that failed
	 * @param live the runs of this process
	 * @param dispatcher starts runs
	 * @param recovery handles runs whose process has died
	 * @param problems reports problems of Links
	 * @param clock the clock of the database
	 */
	public ServeLoop(Links links, Leases leases, Slots slots, Pauses pauses, SyncEvents events, AutoReplays replays,
			Inbox inbox, RejectsToDeliver rejects, ActiveRuns live, Dispatcher dispatcher, Recovery recovery,
			LinkProblems problems, InstantSource clock) {
		this.links = links;
		this.leases = leases;
		this.slots = slots;
		this.pauses = pauses;
		this.live = live;
		this.dispatcher = dispatcher;
		this.recovery = recovery;
		this.problems = problems;
		this.solved = new SolvedProblems(events, problems);
		this.clock = clock;
		this.successes = new LatestSuccesses(events,
				links.all()
					.stream()
					.map(Link::runAfter)
					.filter(Objects::nonNull)
					.map(RunAfter::link)
					.collect(Collectors.toSet()),
				problems);
		this.nextReplays = new NextReplays(replays, links.all(), problems);
		this.starts = new SlotStarts(links, dispatcher, replays, this.nextReplays);
		this.pushes = new PushBacklog(inbox, rejects, events, links.all());
	}

	/**
	 * Serves until this process is told to end.
	 * @throws InterruptedException when the thread is interrupted
	 */
	public void serve() throws InterruptedException {
		open();
		do {
			tryTick();
		}
		while (!this.live.awaitClose(untilNextCheck()));
	}

	/**
	 * Until the next second of the database's clock begins, because all slots begin with
	 * one.
	 */
	private Duration untilNextCheck() {
		return this.failing ? INTERVAL : INTERVAL.minusMillis(
				this.checked.plusNanos(System.nanoTime() - this.checkedNanos).get(ChronoField.MILLI_OF_SECOND));
	}

	/**
	 * Returns what keeps Links from being run.
	 * @return the problems, updated by the loop
	 */
	public LinkProblems problems() {
		return this.problems;
	}

	/**
	 * Registers the triggers of all Links. Slots of new triggers count from now on.
	 */
	void open() {
		this.successes.update(this.leases.states());
		this.links.all()
			.stream()
			.filter(Link::lacksFullRuns)
			.forEach((link) -> logger.warn(LACKS_FULL_RUNS, link.name()));
		this.timetable = new Timetable(this.slots,
				Triggers.of(this.links.all(), this.successes, this.nextReplays, this.pushes), this.clock.instant());
		logger.info("Serves Links: {}, of them by schedule {}, after another one {}", this.links.all().size(),
				this.links.all().stream().filter((link) -> link.schedule() != null).count(),
				this.links.all().stream().filter((link) -> link.runAfter() != null).count());
	}

	/**
	 * Returns false when the check failed, for example during an outage of the database.
	 */
	boolean tryTick() {
		try {
			tick();
			if (this.failing) {
				logger.info("Serves again");
			}
			this.failing = false;
			this.problems.clearOutage();
		}
		catch (RuntimeException ex) {
			if (!this.failing) {
				logger.warn("Begins no runs for now, and tries again each second: {}", ex.getMessage());
			}
			logger.debug("Cannot check for due slots", ex);
			this.failing = true;
			this.problems.reportOutage(ex);
		}
		return !this.failing;
	}

	/** Recovers dead runs and starts the runs that are due. */
	void tick() {
		List<LeaseState> states = this.leases.states();
		this.checked = this.clock.instant();
		this.checkedNanos = System.nanoTime();
		this.successes.update(states);
		this.nextReplays.update(states, this.checked);
		this.pushes.update(states, this.checked);
		Set<String> taken = states.stream()
			.filter((state) -> state.held() || state.dead())
			.map(LeaseState::link)
			.collect(Collectors.toSet());
		Set<String> paused = this.pauses.all().keySet();
		for (Link link : this.links.all()) {
			if (isDead(link.name(), states) && !this.dispatcher.isRunning(link.name())) {
				recover(link, paused.contains(link.name()));
			}
		}
		Set<String> released = released(states);
		this.solved.clear(released);
		Objects.requireNonNull(this.timetable).refresh(released);
		List<Slot> due = this.timetable.due(this.checked);
		this.waiting.retainAll(due);
		for (Slot slot : due) {
			if (taken.contains(slot.link()) || this.dispatcher.isRunning(slot.link())) {
				if (slot.mode() != Mode.REPLAY) { // any other run makes a replay needless
					await(slot, "the Link is running");
				}
			}
			else if (paused.contains(slot.link())) {
				await(slot, "a person has paused the Link");
			}
			else if (slot.mode() != Mode.FULL && this.problems.isRefused(slot.link())
					&& !this.starts.isRetryDue(slot.link(), this.checked)) {
				await(slot,
						"its last start was refused, and an operator must change its configuration or decide how it continues");
			}
			else if (!this.dispatcher.hasRoom()) {
				await(slot, "the maximum number of Links is running (deltasync.serve.max-runs)");
			}
			else {
				this.starts.start(slot, this.checked);
			}
		}
	}

	/** Returns the Links whose runs have ended since the last check, in any process. */
	private Set<String> released(List<LeaseState> states) {
		Set<LeaseState> before = this.known;
		this.known = Set.copyOf(states);
		return states.stream()
			.filter((state) -> !state.held() && !before.contains(state))
			.map(LeaseState::link)
			.collect(Collectors.toSet());
	}

	/** Reports a Link whose stored data cannot be read, without affecting others. */
	private void recover(Link link, boolean paused) {
		try {
			this.recovery.recover(link, paused);
		}
		catch (DataAccessException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			this.problems.report(link.name(), ex);
		}
	}

	private static boolean isDead(String link, List<LeaseState> states) {
		return states.stream().anyMatch((state) -> state.dead() && state.link().equals(link));
	}

	/** Logs once per slot that it waits. */
	private void await(Slot slot, String why) {
		if (this.waiting.add(slot)) {
			logger.info("Link '{}': the slot of {} ({}) waits: {}", slot.link(), slot.time(), slot.trigger(), why);
		}
	}

}
