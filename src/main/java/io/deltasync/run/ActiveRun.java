package io.deltasync.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.TargetAdapter;
import io.deltasync.event.Mode;
import io.deltasync.event.Outcome;
import io.deltasync.event.RunParameters;
import io.deltasync.lease.Lease;
import io.deltasync.link.Link;
import io.deltasync.reject.RejectingRun;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Retries;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;

/**
 * A run in this process: the state that its steps share. A restart needs none of it.
 * Thread-safe.
 */
public final class ActiveRun {

	/** How often a wait checks for an abort; a stop request ends the wait immediately. */
	private static final long SLICE_NANOS = 200_000_000L;

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	private final Link link;

	private final RunParameters parameters;

	private final Lease lease;

	private final AtomicReference<@Nullable String> abort = new AtomicReference<>();

	private final AtomicReference<@Nullable SourceAdapter> planned = new AtomicReference<>();

	private final AtomicReference<@Nullable String> failureReason = new AtomicReference<>();

	private final CountDownLatch end = new CountDownLatch(1);

	private final LongAdder through = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final Instant planningDeadline;

	private final Retries retries;

	private final RejectShare rejectShare;

	private final Room rejectRoom;

	private final Room logRoom;

	private final Waits waits = new Waits();

	private final long began = System.nanoTime();

	private volatile Tally tally = new Tally();

	private volatile LinkContext context;

	private volatile @Nullable Long expectedTotalRecords;

	private volatile @Nullable Verdict verdict;

	private @Nullable Boolean fetchesEverything;

	private volatile boolean waitingRejects;

	private volatile boolean restarted;

	private volatile boolean followed;

	private volatile boolean endsWithProcess;

	private volatile Runnable giveBackSlot = () -> {
	};

	private volatile @Nullable String unfinished;

	public ActiveRun(Link link, RunParameters parameters, Lease lease, Instant now) {
		this(link, parameters, lease, now, new RejectShare(link.maxRejectShare()));
	}

	public ActiveRun(Link link, RunParameters parameters, Lease lease, Instant now, RejectShare rejectShare) {
		this.link = link;
		this.parameters = parameters;
		this.lease = lease;
		this.planningDeadline = now.plus(link.maxPlanningTime());
		this.context = context(link, parameters);
		this.rejectShare = rejectShare;
		this.rejectRoom = new Room(link.maxRejects());
		this.logRoom = new Room(link.maxLoggedRecords());
		this.retries = new Retries(link.name(), link.retry(), this::pause, this::checkContinues);
		lease.onStopRequest(this.waits::end);
	}

	public static LinkContext context(Link link, RunParameters parameters) {
		return new LinkContext(link.name(), link.source().table(), link.target().table(), link.batchSizeLimit(),
				parameters.windowStart(), parameters.cursorBefore(), parameters.runTimestamp(), parameters.testing(),
				parameters.replayed() != null, parameters.isFull());
	}

	/**
	 * Returns the Link that is run.
	 * @return the Link
	 */
	public Link link() {
		return this.link;
	}

	public RunParameters parameters() {
		return this.parameters;
	}

	/**
	 * Whether a successful run has read every record that the source holds.
	 * @return true for a full run, and for a delta run of a source without deltas that
	 * was not restarted: an earlier version of the adapter may have planned the restarted
	 * one
	 */
	public boolean meetsEverything() {
		Mode mode = this.parameters.mode();
		return mode == Mode.FULL || (mode == Mode.DELTA && !this.restarted && fetchesEverything());
	}

	/** Asks the adapter once, because the answer needs an instance of it. */
	private synchronized boolean fetchesEverything() {
		Boolean known = this.fetchesEverything;
		if (known == null) {
			known = this.link.fetchesEverything();
			this.fetchesEverything = known;
		}
		return known;
	}

	/**
	 * Whether this is a testing run.
	 * @return true if the run changes neither the target nor the window
	 */
	public boolean isTesting() {
		return this.parameters.testing();
	}

	/** Returns the run as the reject tables identify it. */
	public RejectingRun rejecting(JobExecution execution) {
		Integer quarantineAfter = this.link.quarantineAfter();
		return new RejectingRun(this.link.name(), execution.getJobInstanceId(), execution.getId(),
				this.parameters.testing(), this.parameters.replayed() != null,
				(quarantineAfter != null) ? quarantineAfter : Integer.MAX_VALUE);
	}

	/** Whether the Link has open rejects. Once true, it stays true. */
	public boolean hasWaitingRejects() {
		return this.waitingRejects;
	}

	public void markWaitingRejects() {
		this.waitingRejects = true;
	}

	/**
	 * Whether the run is restarted: an earlier attempt may have delivered records without
	 * storing it.
	 */
	public boolean isRestarted() {
		return this.restarted;
	}

	public void markRestarted() {
		this.restarted = true;
	}

	/** Whether the caller that started this run starts another one after it. */
	public boolean isFollowed() {
		return this.followed;
	}

	public void markFollowed() {
		this.followed = true;
	}

	/** Sets the action that returns the scheduled slot of this run. */
	public void onGiveBackSlot(Runnable giveBack) {
		this.giveBackSlot = giveBack;
	}

	/**
	 * Returns the scheduled slot if the run was stopped only because its process ends.
	 * Call it in the transaction that stores the stop.
	 */
	public void giveBackSlot() {
		if (this.endsWithProcess) {
			this.giveBackSlot.run();
		}
	}

	/**
	 * Returns the work that was left when the run stopped after all scopes had been
	 * fetched.
	 * @return the object of "stopped on request before …", or null
	 */
	public @Nullable String unfinished() {
		return this.unfinished;
	}

	public void addUnfinished(String work) {
		this.unfinished = work;
	}

	/**
	 * Returns the lease on the Link.
	 * @return the lease, which may have been lost
	 */
	public Lease lease() {
		return this.lease;
	}

	public LinkContext context() {
		return this.context;
	}

	/**
	 * Creates the context for a call that writes to the target: it verifies the lease
	 * before each commit.
	 */
	public RunContext targetContext() {
		Duration confirmed = this.lease.confirmedFor();
		return new RunContext(this.lease::confirm, (confirmed.toSeconds() > 0) ? confirmed : null);
	}

	/** Returns the retries of adapter and filter calls. */
	public Retries retries() {
		return this.retries;
	}

	/** Returns the limit on the share of failing records. */
	public RejectShare rejectShare() {
		return this.rejectShare;
	}

	/** Returns the number of rejects that the run may still store. */
	public Room rejectRoom() {
		return this.rejectRoom;
	}

	/** Returns the number of records that the run may still log. */
	public Room logRoom() {
		return this.logRoom;
	}

	/**
	 * Limits batches to the size that the target accepts.
	 * @return the warnings that the target added
	 * @throws Exception if the target cannot be reached or returns an impossible limit
	 */
	public List<String> askBatchSizeLimit() throws Exception {
		RunContext callContext = new RunContext();
		this.context = callContext.call(() -> this.retries.call("getBatchSizeLimit",
				() -> this.waits.reading(() -> limited(this.link, this.context,
						Instances.use(this.link.newTarget(), (target) -> target.getBatchSizeLimit(this.context))))));
		return callContext.warnings();
	}

	public static LinkContext limited(Link link, LinkContext context, int targetLimit) {
		if (targetLimit < 1) {
			throw new IllegalStateException(("getBatchSizeLimit of target adapter %s returned %d; it must return how "
					+ "many records a call of pushRecords may be given, 1 or more")
				.formatted(link.targetType().getName(), targetLimit));
		}
		return (targetLimit < context.batchSizeLimit()) ? context.toBuilder().batchSizeLimit(targetLimit).build()
				: context;
	}

	/**
	 * Aborts the run: its lanes end with their current batch. Only the first reason is
	 * kept.
	 * @param reason why the run cannot continue
	 */
	public void abort(String reason) {
		this.abort.compareAndSet(null, reason);
		this.waits.end();
	}

	/**
	 * Runs work that needs a connection to the source and one to the target. Waits until
	 * this process has a free pair of connections for another lane.
	 * @throws RunEndsException if the run must end before that
	 */
	public void connected(Steps.Work work) throws Exception {
		boolean taken = this.link.places().take(() -> mustEnd() || this.lease.isLost());
		if (!taken) {
			this.lease.checkLocally();
			throw new RunEndsException("the run ends before there are connections for another lane");
		}
		try {
			work.run();
		}
		finally {
			this.link.places().giveBack();
		}
	}

	/** Returns the database calls that the run is waiting for. */
	public Waits waits() {
		return this.waits;
	}

	/**
	 * Aborts all database calls of the run, including writes, because no time is left.
	 */
	public void abortWaits() {
		this.waits.abort();
	}

	/**
	 * Whether a read was interrupted because the run must end: a failure then does not
	 * point to the source.
	 */
	public boolean isBrokenOff() {
		return mustEnd() && this.waits.wereEnded();
	}

	/**
	 * Marks the run as unsuccessful although it runs to its end without a failed scope or
	 * record.
	 * @param reason what is wrong and what to do
	 */
	public void addFailureReason(String reason) {
		this.failureReason.set(reason);
	}

	public @Nullable String failureReason() {
		return this.failureReason.get();
	}

	public @Nullable String abortReason() {
		return this.abort.get();
	}

	/**
	 * Whether the run must not start more work. Checked at the end of each batch.
	 * @return true after an abort or a stop request
	 */
	public boolean mustEnd() {
		return this.abort.get() != null || this.lease.isStopRequested();
	}

	/**
	 * Checks that the run may call an adapter again.
	 * @throws RunEndsException after an abort or a stop request
	 * @throws io.deltasync.lease.LeaseLostException if the run no longer holds the Link
	 */
	private void checkContinues() {
		this.lease.checkLocally();
		if (mustEnd()) {
			throw new RunEndsException();
		}
	}

	/**
	 * Requests a stop because this process ends. The run stops after its current batch.
	 * @throws org.springframework.dao.DataAccessException if the request cannot be stored
	 * for the other processes of the run; this process stops its part anyway
	 */
	public void requestStop() {
		// several threads may request the stop because the process ends
		this.endsWithProcess = this.endsWithProcess || !this.lease.isStopRequested();
		this.lease.requestStop();
	}

	/**
	 * Waits for a fixed time.
	 * @param time how long to wait
	 * @return false if the run must end before the time has passed
	 * @throws io.deltasync.lease.LeaseLostException if the run no longer holds the Link
	 */
	public boolean pause(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		try {
			for (long left = time.toNanos(); left > 0 && !mustEnd()
					&& !this.lease.isLost(); left = until - System.nanoTime()) {
				this.lease.awaitStopRequest(Duration.ofNanos(Math.min(left, SLICE_NANOS)));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			abort("Link '%s': a thread of the run was interrupted".formatted(this.link.name()));
		}
		this.lease.checkLocally();
		return !mustEnd();
	}

	/**
	 * Waits until a point in time, in parts because the clock may be set in the meantime.
	 */
	public boolean pauseUntil(Instant until, InstantSource clock) {
		boolean continues = !mustEnd();
		for (Instant now = clock.instant(); continues && now.isBefore(until); now = clock.instant()) {
			Duration left = Duration.between(now, until);
			continues = pause((left.compareTo(LONGEST_PAUSE) < 0) ? left : LONGEST_PAUSE);
		}
		return continues;
	}

	/**
	 * Returns the time by which the adapter must have finished planning in this attempt.
	 */
	public Instant planningDeadline() {
		return this.planningDeadline;
	}

	/**
	 * Keeps the adapter instance that planned with IMMEDIATE or LOCATOR, because the same
	 * instance must fetch.
	 */
	public void keepPlanned(SourceAdapter adapter) {
		this.planned.set(adapter);
	}

	public @Nullable SourceAdapter takePlanned() {
		return this.planned.getAndSet(null);
	}

	public void expect(@Nullable Long total) {
		this.expectedTotalRecords = total;
	}

	/** Sets the tally that counts this run's records for the whole process. */
	void countIn(Tally processTally) {
		this.tally = processTally;
	}

	/** Counts records whose outcome is stored and that this run fetched. */
	public void count(RecordCounts records) {
		this.through.add(records.fetched());
		this.failed.add(records.failed());
		tally(records);
	}

	/** Counts records that this run did not fetch, for the whole process only. */
	public void tally(RecordCounts records) {
		if (!this.parameters.testing()) {
			this.tally.count(records);
		}
	}

	public @Nullable Verdict verdict() {
		return this.verdict;
	}

	/**
	 * Returns the name of the Link.
	 * @return the name
	 */
	public String linkName() {
		return this.link.name();
	}

	/**
	 * Returns the mode of the run.
	 * @return the mode
	 */
	public Mode mode() {
		return this.parameters.mode();
	}

	/**
	 * Returns the outcome of the run.
	 * @return the outcome; aborted until the verdict is known
	 */
	public Outcome outcome() {
		Verdict decided = this.verdict;
		return (decided != null) ? decided.outcome() : Outcome.ABORTED;
	}

	/**
	 * Returns the duration of this attempt.
	 * @return the time since it started
	 */
	public Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.began);
	}

	public void decide(Verdict newVerdict) {
		this.verdict = newVerdict;
	}

	void end() {
		this.waits.over();
		this.end.countDown();
	}

	/**
	 * Waits until this attempt has ended and its outcome is stored.
	 * @param time how long to wait at most
	 * @return false if the attempt is still running after that time
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitEnd(Duration time) throws InterruptedException {
		return this.end.await(time.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Returns the number of records whose outcome is stored, whatever it is.
	 * @return the number since this attempt started
	 */
	public long recordsThrough() {
		return this.through.sum();
	}

	/**
	 * Returns the number of records that failed.
	 * @return the number since this attempt started
	 */
	public long recordsFailed() {
		return this.failed.sum();
	}

	/**
	 * Returns the number of records that the adapter expects.
	 * @return the number, or null if it is unknown
	 */
	public @Nullable Long expectedTotalRecords() {
		return this.expectedTotalRecords;
	}

}
