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
 * A run as this process carries it out: what its steps share. Nothing in it is needed
 * after a crash. Thread-safe.
 */
public final class ActiveRun {

	/** An abort is noticed this often during a wait; a stop at once. */
	private static final long SLICE_NANOS = 200_000_000L;

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	private final Link link;

	private final RunParameters parameters;

	private final Lease lease;

	private final AtomicReference<@Nullable String> abort = new AtomicReference<>();

	private final AtomicReference<@Nullable SourceAdapter> planned = new AtomicReference<>();

	private final AtomicReference<@Nullable String> objection = new AtomicReference<>();

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

	private volatile @Nullable String left;

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
	 * Tells what is run.
	 * @return the Link
	 */
	public Link link() {
		return this.link;
	}

	public RunParameters parameters() {
		return this.parameters;
	}

	/**
	 * Whether the run, if it is successful, has met every record that the source holds.
	 * @return true for a full run, and for a delta run of a source that knows no deltas;
	 * not for one that was restarted, as an earlier version of the source may have begun
	 * it
	 */
	public boolean meetsEverything() {
		Mode mode = this.parameters.mode();
		return mode == Mode.FULL || (mode == Mode.DELTA && !this.restarted && fetchesEverything());
	}

	/** Asked once: it takes an instance of the source. */
	private synchronized boolean fetchesEverything() {
		Boolean known = this.fetchesEverything;
		if (known == null) {
			known = this.link.fetchesEverything();
			this.fetchesEverything = known;
		}
		return known;
	}

	/**
	 * Tells whether this is a testing run.
	 * @return true if the target is not to be changed, nor the window moved
	 */
	public boolean isTesting() {
		return this.parameters.testing();
	}

	/** What this run is to its rejects. */
	public RejectingRun rejecting(JobExecution execution) {
		Integer quarantineAfter = this.link.quarantineAfter();
		return new RejectingRun(this.link.name(), execution.getJobInstanceId(), execution.getId(),
				this.parameters.testing(), this.parameters.replayed() != null,
				(quarantineAfter != null) ? quarantineAfter : Integer.MAX_VALUE);
	}

	/** Whether records of the Link wait to be delivered: once true, it stays so. */
	public boolean hasWaitingRejects() {
		return this.waitingRejects;
	}

	public void noteWaitingRejects() {
		this.waitingRejects = true;
	}

	/** Whether an earlier attempt may have delivered what is not stored. */
	public boolean isRestarted() {
		return this.restarted;
	}

	public void noteRestarted() {
		this.restarted = true;
	}

	/** Whether whoever started it starts another one next. */
	public boolean isFollowed() {
		return this.followed;
	}

	public void noteFollowed() {
		this.followed = true;
	}

	/** Says how the slot that the run was started for is given back. */
	public void onGivenUp(Runnable giveBack) {
		this.giveBackSlot = giveBack;
	}

	/**
	 * Gives back the slot of a run that was stopped by nobody who wants it stopped, but
	 * with its process. In the transaction that stores that it was stopped.
	 */
	public void giveBackSlot() {
		if (this.endsWithProcess) {
			this.giveBackSlot.run();
		}
	}

	/** What the run had to end before, though everything was fetched; or null. */
	public @Nullable String left() {
		return this.left;
	}

	public void addUnfinished(String newLeft) {
		this.left = newLeft;
	}

	/**
	 * Tells what the run holds its Link by.
	 * @return the lease
	 */
	public Lease lease() {
		return this.lease;
	}

	public LinkContext context() {
		return this.context;
	}

	/** What a target is told while it writes for this run. */
	public RunContext targetContext() {
		Duration confirmed = this.lease.confirmedFor();
		return new RunContext(this.lease::confirm, (confirmed.toSeconds() > 0) ? confirmed : null);
	}

	/** How calls to the Link's adapters are made again. */
	public Retries retries() {
		return this.retries;
	}

	/** How many records may fail before that ends the run. */
	public RejectShare rejectShare() {
		return this.rejectShare;
	}

	/** How many more rejects it may store. */
	public Room rejectRoom() {
		return this.rejectRoom;
	}

	/** How many more records it may log. */
	public Room logRoom() {
		return this.logRoom;
	}

	/**
	 * Limits batches to what the target takes.
	 * @return what was warned of
	 * @throws Exception what the target throws: it is not there, or cannot mean its limit
	 */
	public List<String> askBatchSizeLimit() throws Exception {
		RunContext told = new RunContext();
		this.context = told.call(() -> this.retries.call("getBatchSizeLimit",
				() -> this.waits.reading(() -> limited(this.link, this.context,
						Instances.use(this.link.newTarget(), (target) -> target.getBatchSizeLimit(this.context))))));
		return told.warnings();
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
	 * Ends the run as soon as its lanes see it. The first reason counts.
	 * @param reason why the run cannot go on
	 */
	public void abort(String reason) {
		this.abort.compareAndSet(null, reason);
		this.waits.end();
	}

	/**
	 * Does what needs a connection to the source and one to the target, as soon as there
	 * are such for this lane beside all others of this process.
	 * @throws RunEndsException when the run must end before
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

	/** What the run waits for at databases. */
	public Waits waits() {
		return this.waits;
	}

	/**
	 * Breaks off whatever the run waits for at databases, also what it is just writing:
	 * there is no more time.
	 */
	public void abortWaits() {
		this.waits.abort();
	}

	/**
	 * Whether the run must end, and therefore something was broken off that it was
	 * reading: a failure then says nothing about the source.
	 */
	public boolean isBrokenOff() {
		return mustEnd() && this.waits.wereEnded();
	}

	/**
	 * Says why the run is not successful, though it goes on to its end and no scope or
	 * record fails.
	 * @param reason what is wrong and what to do
	 */
	public void object(String reason) {
		this.objection.set(reason);
	}

	public @Nullable String objection() {
		return this.objection.get();
	}

	public @Nullable String abortReason() {
		return this.abort.get();
	}

	/**
	 * Tells whether nothing more is to be begun: read at the end of each batch.
	 * @return true after an abort or a request to stop
	 */
	public boolean mustEnd() {
		return this.abort.get() != null || this.lease.isStopRequested();
	}

	/**
	 * Makes sure that the run may begin another call of an adapter.
	 * @throws RunEndsException after an abort or a request to stop
	 * @throws io.deltasync.lease.LeaseLostException when the Link is no longer the run's
	 */
	private void checkContinues() {
		this.lease.checkLocally();
		if (mustEnd()) {
			throw new RunEndsException();
		}
	}

	/**
	 * Asks the run to stop, as this process is told to end. It stops within its current
	 * batch.
	 * @throws org.springframework.dao.DataAccessException when other processes that work
	 * for the run cannot be told; this one knows all the same
	 */
	public void requestStop() {
		// more than one may ask for the same reason
		this.endsWithProcess = this.endsWithProcess || !this.lease.isStopRequested();
		this.lease.requestStop();
	}

	/**
	 * Waits.
	 * @param time how long
	 * @return false when the run must end before
	 * @throws io.deltasync.lease.LeaseLostException when the Link is no more the run's
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

	/** Waits in parts, because the clock may be set meanwhile. */
	public boolean pauseUntil(Instant until, InstantSource clock) {
		boolean goesOn = !mustEnd();
		for (Instant now = clock.instant(); goesOn && now.isBefore(until); now = clock.instant()) {
			Duration left = Duration.between(now, until);
			goesOn = pause((left.compareTo(LONGEST_PAUSE) < 0) ? left : LONGEST_PAUSE);
		}
		return goesOn;
	}

	/** When an adapter must have ended its planning in this attempt. */
	public Instant planningDeadline() {
		return this.planningDeadline;
	}

	/** Keeps the instance that planned IMMEDIATE or LOCATOR: it is the one to fetch. */
	public void keepPlanned(SourceAdapter adapter) {
		this.planned.set(adapter);
	}

	public @Nullable SourceAdapter takePlanned() {
		return this.planned.getAndSet(null);
	}

	public void expect(@Nullable Long total) {
		this.expectedTotalRecords = total;
	}

	/** Has records counted for the whole process, too. */
	void countIn(Tally processTally) {
		this.tally = processTally;
	}

	/** Counts records that were fetched for this run and are delivered and stored. */
	public void count(RecordCounts records) {
		this.through.add(records.fetched());
		this.failed.add(records.failed());
		tally(records);
	}

	/** Counts records that this run did not fetch: only for the whole process. */
	public void tally(RecordCounts records) {
		if (!this.parameters.testing()) {
			this.tally.count(records);
		}
	}

	public @Nullable Verdict verdict() {
		return this.verdict;
	}

	/**
	 * Tells the Link.
	 * @return its name
	 */
	public String linkName() {
		return this.link.name();
	}

	/**
	 * Tells what the run is for.
	 * @return the mode
	 */
	public Mode mode() {
		return this.parameters.mode();
	}

	/**
	 * Tells what the run came to.
	 * @return the outcome; aborted for as long as nothing better is known
	 */
	public Outcome outcome() {
		Verdict decided = this.verdict;
		return (decided != null) ? decided.outcome() : Outcome.ABORTED;
	}

	/**
	 * Tells how long this attempt has been going on.
	 * @return the time since it began
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
	 * @param time how long at most
	 * @return false when it still goes on after that time
	 * @throws InterruptedException when the thread is interrupted
	 */
	public boolean awaitEnd(Duration time) throws InterruptedException {
		return this.end.await(time.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Tells how many records are through, whatever their end.
	 * @return the number since this attempt began
	 */
	public long recordsThrough() {
		return this.through.sum();
	}

	/**
	 * Tells how many records failed.
	 * @return the number since this attempt began
	 */
	public long recordsFailed() {
		return this.failed.sum();
	}

	/**
	 * Tells how many records the adapter expects.
	 * @return the number, or null when it is not known
	 */
	public @Nullable Long expectedTotalRecords() {
		return this.expectedTotalRecords;
	}

}
