package io.deltasync.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.LeaseState;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Slots;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.link.RunAfter;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.start.FullRuns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.dao.DataAccessException;

/**
 * Runs Links by itself for as long as the process lives: looks once a second for dead
 * runs and for slots that are due, by the database's clock. A slot that cannot be run at
 * its time, because its Link is running, there is no room, or no process was there, is
 * run as soon as it can be; any number of them is one run. Its methods are one thread's.
 */
public final class ServeLoop {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final String LACKS_FULL_RUNS = "Link '{}': deletes finds deleted records in full runs only, and no "
			+ "full-schedule is configured; add one, or let another scheduler start 'run LINK --full'";

	private static final Duration REFUSED_PAUSE = Duration.ofMinutes(1);

	private static final Logger logger = LoggerFactory.getLogger(ServeLoop.class);

	private final Links links;

	private final Leases leases;

	private final ActiveRuns live;

	private final Dispatcher dispatcher;

	private final Recovery recovery;

	private final InstantSource clock;

	private final LatestSuccesses successes;

	private final Slots slots;

	private final LinkProblems troubles;

	private final Set<Slot> waiting = new HashSet<>();

	/** The time of the last start of each Link in this process. */
	private final Map<String, Instant> started = new HashMap<>();

	/** How the leases stood when they were last looked at. */
	private Set<LeaseState> known = Set.of();

	private @Nullable Timetable timetable;

	private boolean inTrouble;

	public ServeLoop(Links links, Leases leases, Slots slots, SyncEvents events, ActiveRuns live, Dispatcher dispatcher,
			Recovery recovery, LinkProblems troubles, InstantSource clock) {
		this.links = links;
		this.leases = leases;
		this.slots = slots;
		this.live = live;
		this.dispatcher = dispatcher;
		this.recovery = recovery;
		this.troubles = troubles;
		this.clock = clock;
		this.successes = new LatestSuccesses(events,
				links.all()
					.stream()
					.map(Link::runAfter)
					.filter(Objects::nonNull)
					.map(RunAfter::link)
					.collect(Collectors.toSet()),
				troubles);
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
		while (!this.live.awaitClose(INTERVAL));
	}

	/**
	 * Makes the triggers of all Links known. Slots of those that are new count from now
	 * on.
	 */
	void open() {
		this.successes.look(this.leases.states());
		this.links.all()
			.stream()
			.filter(Link::lacksFullRuns)
			.forEach((link) -> logger.warn(LACKS_FULL_RUNS, link.name()));
		this.timetable = new Timetable(this.slots, triggers(), this.clock.instant());
		logger.info("Serves Links: {}, of them by schedule {}, after another one {}", this.links.all().size(),
				this.links.all().stream().filter((link) -> link.schedule() != null).count(),
				this.links.all().stream().filter((link) -> link.runAfter() != null).count());
	}

	private List<Trigger> triggers() {
		List<Trigger> triggers = new ArrayList<>();
		for (Link link : this.links.all()) {
			if (link.schedule() != null) {
				triggers.add(new ScheduleTrigger(link.name(), "schedule", Mode.DELTA, link.schedule()));
			}
			if (link.fullSchedule() != null) {
				triggers.add(new ScheduleTrigger(link.name(), FullRuns.TRIGGER, Mode.FULL, link.fullSchedule()));
			}
			if (link.runAfter() != null) {
				triggers.add(new ChainTrigger(link.name(), link.runAfter(), this.successes));
			}
		}
		return triggers;
	}

	/** Says whether it could: the database may be away for a while. */
	boolean tryTick() {
		try {
			tick();
			if (this.inTrouble) {
				logger.info("Serves again");
			}
			this.inTrouble = false;
		}
		catch (RuntimeException ex) {
			if (!this.inTrouble) {
				logger.warn("Begins no runs for now, and tries again each second: {}", ex.getMessage());
			}
			logger.debug("Cannot look for what is due", ex);
			this.inTrouble = true;
		}
		return !this.inTrouble;
	}

	/** Starts what is to be started now. */
	void tick() {
		List<LeaseState> states = this.leases.states();
		this.successes.look(states);
		Set<String> taken = states.stream()
			.filter((state) -> state.held() || state.dead())
			.map(LeaseState::link)
			.collect(Collectors.toSet());
		for (Link link : this.links.all()) {
			if (isDead(link.name(), states) && !this.dispatcher.isRunning(link.name())) {
				recover(link);
			}
		}
		Objects.requireNonNull(this.timetable).lookAgain(released(states));
		List<Slot> due = this.timetable.due(this.clock.instant());
		this.waiting.retainAll(due);
		for (Slot slot : due) {
			if (taken.contains(slot.link()) || this.dispatcher.isRunning(slot.link())) {
				await(slot, "the Link is running");
			}
			else if (slot.mode() != Mode.FULL && this.troubles.isChanged(slot.link())
					&& !isToBeTriedAgain(slot.link())) {
				await(slot,
						"its last start was refused, and a person must change its configuration or decide how it continues");
			}
			else if (!this.dispatcher.hasRoom()) {
				await(slot, "as many Links are running as may at a time (deltasync.serve.max-runs)");
			}
			else {
				start(slot);
			}
		}
	}

	/** The Links whose runs have ended since the last look, in whichever process. */
	private Set<String> released(List<LeaseState> states) {
		Set<LeaseState> before = this.known;
		this.known = Set.copyOf(states);
		return states.stream()
			.filter((state) -> !state.held() && !before.contains(state))
			.map(LeaseState::link)
			.collect(Collectors.toSet());
	}

	/** What is stored of one Link may not be readable. */
	private void recover(Link link) {
		try {
			this.recovery.recover(link);
		}
		catch (DataAccessException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			this.troubles.tell(link.name(), ex);
		}
	}

	private static boolean isDead(String link, List<LeaseState> states) {
		return states.stream().anyMatch((state) -> state.dead() && state.link().equals(link));
	}

	/** Said once of each slot. */
	private void await(Slot slot, String why) {
		if (this.waiting.add(slot)) {
			logger.info("Link '{}': the slot of {} ({}) waits: {}", slot.link(), slot.time(), slot.trigger(), why);
		}
	}

	/** Only a person can resolve a refusal, so trying each second would be a waste. */
	private boolean isToBeTriedAgain(String link) {
		Instant started = this.started.get(link);
		return started == null || !this.clock.instant().isBefore(started.plus(REFUSED_PAUSE));
	}

	private void start(Slot slot) {
		this.started.put(slot.link(), this.clock.instant());
		this.dispatcher.start(slot.link(),
				new JobParametersBuilder().addString(RunParameters.MODE, slot.mode().name(), false)
					.addString(RunParameters.TRIGGER, slot.trigger(), false)
					.addString(RunParameters.SLOT, slot.time().toString(), false)
					.toJobParameters());
	}

}
