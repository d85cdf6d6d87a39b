package io.deltasync.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.lease.Lease;
import io.deltasync.link.Link;
import io.deltasync.reject.RejectingRun;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Retries;
import io.deltasync.scope.Plan;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;

/**
 * A run in this process: the state that its steps share. A restart needs none of it. It
 * has more than 300 lines because what steps share is here and nowhere else; nearly all
 * of it is read and set in one line. Thread-safe.
 */
public final class ActiveRun {

	private final Link link;

	private final RunParameters parameters;

	private final Lease lease;

	private final AtomicReference<@Nullable SourceAdapter> planned = new AtomicReference<>();

	private final CountDownLatch end = new CountDownLatch(1);

	private final Instant planningDeadline;

	private final Retries retries;

	private final Waits waits = new Waits();

	private final RunEnding ending;

	private final TimedWaits timedWaits;

	private final RunCounters counters;

	private final long began = System.nanoTime();

	private volatile LinkContext context;

	private @Nullable Boolean fetchesEverything;

	private volatile Plan plan = Plan.NONE;

	private volatile boolean waitingRejects;

	private volatile boolean restarted;

	private volatile @Nullable Long newEvent;

	private final Set<String> begunSteps = ConcurrentHashMap.newKeySet();

	private volatile boolean endsWithProcess;

	private volatile Runnable giveBackSlot = () -> {
	};

	public ActiveRun(Link link, RunParameters parameters, Lease lease, Instant now) {
		this(link, parameters, lease, now, new RejectShare(link.maxRejectShare()));
	}

	public ActiveRun(Link link, RunParameters parameters, Lease lease, Instant now, RejectShare rejectShare) {
		this.link = link;
		this.parameters = parameters;
		this.lease = lease;
		this.planningDeadline = now.plus(link.maxPlanningTime());
		this.context = LinkContexts.of(link, parameters);
		this.ending = new RunEnding(link.name(), lease, this.waits);
		this.timedWaits = new TimedWaits(lease, this.ending);
		this.counters = new RunCounters(link, parameters.testing() || parameters.isVerification(), rejectShare);
		this.retries = new Retries(link.name(), link.retry(), this::awaitRetry, this.ending::checkContinues);
		lease.onStopRequest(this.waits::end);
	}

	private boolean awaitRetry(String call, int attempt, Duration time) {
		return this.lease.awaitRetry(call, attempt, time, () -> this.timedWaits.pause(time));
	}

	/**
	 * Returns the Link that is run.
	 * @return the Link
	 */
	public Link link() {
		return this.link;
	}

	/** Returns the parameters of the run, the same for all of its attempts. */
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
				this.parameters.testing(), this.parameters.isReplay(),
				(quarantineAfter != null) ? quarantineAfter : Integer.MAX_VALUE);
	}

	/** Whether the Link has open rejects. Once true, it stays true. */
	public boolean hasWaitingRejects() {
		return this.waitingRejects;
	}

	/** Marks that the Link has, or may have, open rejects. */
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

	/**
	 * Returns the progress of planning as this process stored or read it last.
	 * @return the plan, to which a chain may have added scopes since; {@link Plan#NONE}
	 * for lanes of another process
	 */
	public Plan plan() {
		return this.plan;
	}

	/** Sets the progress of planning, which is stored. */
	public void planned(Plan plan) {
		this.plan = plan;
	}

	/** Marks the run as restarted. */
	public void markRestarted() {
		this.restarted = true;
	}

	/** Marks the run as the first attempt of an event, of which nothing is stored yet. */
	public void markNew(long event) {
		this.newEvent = event;
	}

	/** Marks a step as begun. */
	public void begin(String step) {
		this.begunSteps.add(step);
	}

	/**
	 * Whether no attempt of the event, this one included, has begun a step.
	 * @return false also if that is not known without asking the JobRepository
	 */
	public boolean isNew(long event, String step) {
		Long known = this.newEvent;
		return known != null && known == event && !this.begunSteps.contains(step);
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
	 * Returns the lease on the Link.
	 * @return the lease, which may have been lost
	 */
	public Lease lease() {
		return this.lease;
	}

	/**
	 * Returns the context that adapters receive, limited by the target once it was asked.
	 */
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

	/** Returns whether and why the run ends. */
	public RunEnding ending() {
		return this.ending;
	}

	/** Returns the waits for a time to pass. */
	public TimedWaits timedWaits() {
		return this.timedWaits;
	}

	/** Returns the counts of the run's records and their limits. */
	public RunCounters counters() {
		return this.counters;
	}

	/** Returns the retries of adapter and filter calls. */
	public Retries retries() {
		return this.retries;
	}

	/**
	 * Limits batches to the size that the target accepts.
	 * @return the warnings that the target added
	 * @throws Exception if the target cannot be reached or returns an impossible limit
	 */
	public List<String> askBatchSizeLimit() throws Exception {
		RunContext callContext = new RunContext();
		this.context = callContext.call(() -> this.retries.call("getBatchSizeLimit",
				() -> this.waits
					.reading(() -> LinkContexts.limited(this.link, this.context, Instances.use(this.link.newTarget(),
							(target) -> target.getBatchSizeLimit(LinkContexts.ofDelivery(this)))))));
		return callContext.warnings();
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

	/** Returns the kept instance once, for the caller to close; null after that. */
	public @Nullable SourceAdapter takePlanned() {
		return this.planned.getAndSet(null);
	}

	/**
	 * Returns the duration of this attempt.
	 * @return the time since it started
	 */
	public Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.began);
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

}
