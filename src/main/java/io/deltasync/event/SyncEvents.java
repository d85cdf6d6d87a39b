package io.deltasync.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.deltasync.lease.Leases;
import io.deltasync.link.LinkIdentity;
import io.deltasync.reject.Rejects;
import io.deltasync.scope.FailedScopes;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.verified.Verifications;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds Sync Events and the windows of Links. The events are read from the JobRepository:
 * there is no second store. The cost of a query does not depend on the number of runs.
 * Thread-safe.
 * <p>
 * All queries that the window depends on are in this class.
 */
public class SyncEvents {

	/** How many deliveries of single records are passed over at most. */
	private static final int RUNS_PASSED = 20;

	private final StoredRuns runs;

	private final LateWrites lateWrites;

	private final BlockedDeletes blockedDeletes;

	private final Verifications verifications;

	private final Plans plans;

	private final SyncEventFactory factory;

	public SyncEvents(JdbcTemplate jdbc, ExecutionContextSerializer serializer, Plans plans, FailedScopes failedScopes,
			RunSummaries summaries, IgnoredReasons ignored, Rejects rejects, FailedRecords failed, OwedSuccesses owed,
			LateWrites lateWrites, Leases leases) {
		this.runs = new StoredRuns(jdbc, serializer);
		this.lateWrites = lateWrites;
		this.blockedDeletes = new BlockedDeletes(jdbc);
		this.verifications = new Verifications(jdbc);
		this.plans = plans;
		this.factory = new SyncEventFactory(this.runs, plans, failedScopes, summaries, ignored, rejects, failed, owed,
				leases);
	}

	/**
	 * Finds an event.
	 * @param id the event's id
	 * @return the event, or empty when there is none with this id
	 */
	public Optional<SyncEvent> find(long id) {
		return this.runs.find(id).map(this.factory::full);
	}

	/**
	 * Finds an event and its plan.
	 * @param id the event's id
	 * @return both, or empty when there is none with this id
	 */
	public Optional<PlannedEvent> findPlanned(long id) {
		return this.runs.find(id).map(this.factory::planned);
	}

	/**
	 * Finds until when a run waits because its source adapter asked for it.
	 * @param id the id of an event whose run is in progress
	 * @return the time at which planning continues; null if the run does not wait
	 */
	public @Nullable Instant delayedUntil(long id) {
		Plan plan = this.plans.find(id);
		return plan.finished() ? null : plan.delayedUntil();
	}

	/**
	 * Finds the parameters of a run.
	 * @param id the event's id
	 * @return its parameters, or empty when there is no such event
	 */
	public Optional<RunParameters> parameters(long id) {
		return this.runs.find(id).map(StoredRun::parameters);
	}

	/**
	 * Lists the newest events of a Link.
	 * @param link the Link's name
	 * @param limit how many at most
	 * @return the events, newest first
	 */
	public List<SyncEvent> newest(String link, int limit) {
		return this.runs.newest(link, limit).stream().map(this.factory::listed).toList();
	}

	/**
	 * Lists earlier events of a Link, so that its history can be read in pages.
	 * @param link the Link's name
	 * @param runTimestamp only events with earlier run timestamps
	 * @param limit how many at most
	 * @return the events, newest first
	 */
	public List<SyncEvent> before(String link, Instant runTimestamp, int limit) {
		return this.runs.before(link, runTimestamp, limit).stream().map(this.factory::listed).toList();
	}

	/**
	 * Finds where the window of a Link starts: at the newest run's own timestamp and
	 * cursor if it was successful, where a person set it, or else where the newest run
	 * was started. By induction this is the newest success, since a Link has one run at a
	 * time and only the newest run can be restarted.
	 * @param link the Link's name
	 * @return the newest success; {@link Watermark#NONE} when there is none
	 */
	public Watermark lastSuccess(String link) {
		return this.runs.newest(link).map(SyncEvents::lastSuccess).orElse(Watermark.NONE);
	}

	/**
	 * Finds where the window of the next fetching run starts: at the newest success, or
	 * earlier where a run may have written old records after it had lost the Link.
	 * @param link the Link's name
	 * @return the start; {@link Watermark#NONE} is before everything
	 */
	public Watermark nextWindow(String link) {
		return nextWindow(link, lastSuccess(link));
	}

	/**
	 * Finds where the window of the next fetching run starts.
	 * @param link the Link's name
	 * @param lastSuccess the newest success of the Link
	 * @return the start; {@link Watermark#NONE} is before everything
	 */
	public Watermark nextWindow(String link, Watermark lastSuccess) {
		return this.lateWrites.widen(link, lastSuccess);
	}

	private static Watermark lastSuccess(StoredRun run) {
		RunParameters parameters = run.parameters();
		if (run.isSuccessful() && parameters.mode() == Mode.SET && !parameters.isKeeping()) {
			return new Watermark(parameters.setTo(), null, parameters.runTimestamp());
		}
		return run.movesWindow() ? new Watermark(parameters.runTimestamp(), cursorAfter(run))
				: parameters.lastSuccess();
	}

	/**
	 * Returns the identity that the next delta run of a Link is compared with: the
	 * identity in the last successful run, or in a later event by which a person kept the
	 * window. Its shape and properties are those of the last successful full run.
	 * @param link the Link's name
	 * @return the identity; null when no run was successful yet, or when the last
	 * successful run was made by an earlier version, which did not store it
	 */
	public @Nullable LinkIdentity lastIdentity(String link) {
		return this.runs.newest(link).map(SyncEvents::lastIdentity).orElse(null);
	}

	private static @Nullable LinkIdentity lastIdentity(StoredRun run) {
		RunParameters parameters = run.parameters();
		Identities identities = parameters.identities();
		boolean kept = run.isSuccessful() && parameters.isKeeping();
		return (kept || run.movesWindow()) ? identities.afterSuccess(parameters.mode() == Mode.FULL)
				: identities.last();
	}

	/**
	 * Finds the newest success of a Link, even if a person has set its window since.
	 * @param link the Link's name
	 * @return the run timestamp of the newest successful run that moved the window; null
	 * when there is none
	 */
	public @Nullable Instant newestSuccess(String link) {
		return toNewestSuccess(link, (set) -> {
		});
	}

	/**
	 * Lists the events from which a Link's window and its newest success are read.
	 * @param link the Link's name
	 * @return their run timestamps: the events by which a person set the window since the
	 * newest success, and the successful run; may be empty
	 */
	public List<Instant> windowEvents(String link) {
		List<Instant> events = new ArrayList<>();
		Instant success = toNewestSuccess(link, events::add);
		if (success != null) {
			events.add(success);
		}
		return events;
	}

	/**
	 * Walks back through the events by which a person set the window; each carries the
	 * success before it.
	 */
	private @Nullable Instant toNewestSuccess(String link, Consumer<Instant> sets) {
		Watermark last = lastSuccess(link);
		while (last.setAt() != null) {
			sets.accept(last.setAt());
			last = this.runs.find(link, last.setAt())
				.map((set) -> set.parameters().lastSuccess())
				.orElse(Watermark.NONE);
		}
		return last.sync();
	}

	/**
	 * Returns the store of blocked deletions.
	 * @return the store of all Links' blocked deletions
	 */
	public BlockedDeletes blockedDeletes() {
		return this.blockedDeletes;
	}

	/** Returns the results of verifications. */
	public Verifications verifications() {
		return this.verifications;
	}

	/**
	 * Whether the counts of an event are stored, so that they need not be read from its
	 * scopes.
	 * @param id the event's id
	 * @return false while it runs
	 */
	public boolean isCounted(long id) {
		return this.runs.find(id).filter((run) -> !run.isRunning() && run.summary() != null).isPresent();
	}

	/**
	 * Finds the event of a success.
	 * @param link the Link's name
	 * @param success the success
	 * @return the Sync Event of the run, or the one by which a person set the window
	 * since; 0 when there is neither
	 */
	public long eventOf(String link, Watermark success) {
		Instant asOf = success.asOf();
		return (asOf != null) ? this.runs.id(link, asOf).orElse(0L) : 0;
	}

	private static @Nullable String cursorAfter(StoredRun run) {
		return (run.summary() != null) ? run.summary().cursorAfter() : null;
	}

	/**
	 * Finds the newest run of a Link.
	 * @param link the Link's name
	 * @return the run's event, or empty when the Link was never run
	 */
	public Optional<SyncEvent> newest(String link) {
		return this.runs.newest(link).map(this.factory::listed);
	}

	/**
	 * Reads the newest run of a Link once for all that the next run takes from it.
	 * @param link the Link's name
	 * @return the newest run
	 */
	public NewestRun newestRun(String link) {
		Optional<StoredRun> newest = this.runs.newest(link);
		return new NewestRun(newest.map(this.factory::listed),
				newest.map(SyncEvents::lastSuccess).orElse(Watermark.NONE),
				newest.map(SyncEvents::lastIdentity).orElse(null));
	}

	/**
	 * Finds the event that the newest run of a Link replays.
	 * @param link the Link's name
	 * @return the id of the replayed event, or empty when the newest run is not a replay
	 */
	public Optional<Long> replayedByNewest(String link) {
		return this.runs.newest(link).map((run) -> run.parameters().replayed()).map(ReplayOrigin::event);
	}

	/**
	 * Counts the runs of a Link since its newest success, or since a person set its
	 * window.
	 * @param link the Link's name
	 * @param success the newest success
	 * @return the number, at most {@value StoredRuns#MOST_COUNTED}
	 */
	public int runsSince(String link, Watermark success) {
		return this.runs.countAfter(link, success.asOf());
	}

	/**
	 * Returns the status of a Link. Reads less than its events.
	 * @param link the Link's name
	 * @return the status
	 */
	public LinkStatus standing(String link) {
		StoredRun read = this.runs.newest(link).orElse(null);
		if (read == null) {
			return new LinkStatus(Watermark.NONE, 0, 0, null, false);
		}
		SyncEventFactory.Observed observed = this.factory.observe(read);
		StoredRun newest = observed.run();
		Watermark success = lastSuccess(newest);
		boolean passed = isOfOneRecord(newest)
				|| (newest.parameters().isVerification() && this.factory.status(observed).ended());
		SyncEventFactory.Observed last = passed ? this.runs.newest(link, RUNS_PASSED)
			.stream()
			.filter((run) -> !isOfOneRecord(run) && !run.parameters().isVerification())
			.findFirst()
			.map(this.factory::observe)
			.orElse(observed) : observed;
		return new LinkStatus(success, eventOf(link, success), runsSince(link, success), this.factory.status(last),
				last.run().isSuccessful());
	}

	/**
	 * Whether a run has delivered a single record: it says nothing about the others, and
	 * must not hide that the run before it failed.
	 */
	private static boolean isOfOneRecord(StoredRun run) {
		return run.isSuccessful() && run.parameters().record() != null;
	}

}
