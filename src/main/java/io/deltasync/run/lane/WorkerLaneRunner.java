package io.deltasync.run.lane;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.deltasync.event.RunParameters;
import io.deltasync.lease.Lease;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RejectShare;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.Steps;
import io.deltasync.run.plan.Planner;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Runs lanes for runs of other processes, each isolated from the others: an error in one
 * lane does not stop the other lanes in this process. Thread-safe.
 */
public final class WorkerLaneRunner {

	private static final int MAX_WAIT_SECONDS = 30;

	/** The process that runs the Link checks the share of rejects over all lanes. */
	private static final int ANY = 100;

	private final RunTransactions transactions;

	private final Tasklet fetching;

	private final Step step;

	private final Map<Long, Work> running = new ConcurrentHashMap<>();

	private volatile boolean closing;

	/**
	 * Creates a runner without lanes.
	 * @param repository where the state of steps is stored
	 * @param transactionManager for the transactions that store that state
	 * @param lanes sets up lanes
	 * @param planner makes planning calls
	 * @param transactions the transactions of runs
	 */
	public WorkerLaneRunner(JobRepository repository, PlatformTransactionManager transactionManager, LaneFactory lanes,
			Planner planner, RunTransactions transactions) {
		this.transactions = transactions;
		this.fetching = new LaneTasklet((step) -> Objects.requireNonNull(work(step).run), lanes, planner);
		this.step = Steps.step(Steps.LANE, this::execute,
				new FencedRepository(repository, transactions, (step) -> work(step).lease), transactionManager);
	}

	/**
	 * Returns the step that runs a lane.
	 * @return the step, for any lane that is running
	 */
	public Step step() {
		return this.step;
	}

	/**
	 * Runs a lane.
	 * @param stepExecution the lane's step execution
	 * @param link the lane's Link
	 * @param lease keeps other workers from running the lane as well
	 * @param execution runs the step
	 * @return the end of the lane
	 */
	public LaneEnd carryOut(long stepExecution, Link link, Lease lease, Supplier<StepExecution> execution) {
		Work work = new Work(link, lease);
		if (!begin(stepExecution, work)) {
			return LaneEnd.NOT_YET;
		}
		try {
			if (this.closing) {
				return LaneEnd.NOT_YET;
			}
			StepExecution ended = execution.get();
			BatchStatus status = ended.getStatus();
			if (lease.isLost() || status.isRunning() || status == BatchStatus.UNKNOWN) {
				return LaneEnd.NOT_YET;
			}
			return new LaneEnd(true, problem(work, ended));
		}
		finally {
			this.running.remove(stepExecution, work);
			work.ended.countDown();
		}
	}

	/**
	 * Registers a lane. Waits for a thread of this process that lost the same lane and
	 * has not noticed yet.
	 * @return false if another worker should run the lane
	 */
	private boolean begin(long stepExecution, Work work) {
		Work before = this.running.putIfAbsent(stepExecution, work);
		for (int seconds = 0; before != null; seconds++) {
			if (this.closing || work.lease.isLost() || work.lease.isStopRequested() || seconds == MAX_WAIT_SECONDS
					|| !before.awaitEnd()) {
				return false;
			}
			before = this.running.putIfAbsent(stepExecution, work);
		}
		return true;
	}

	private @Nullable String problem(Work work, StepExecution ended) {
		ActiveRun run = work.run;
		if (run != null && run.ending().abortReason() != null) {
			return run.ending().abortReason();
		}
		return ended.getStatus().isUnsuccessful() ? "Link '%s': %s could not be carried out: %s"
			.formatted(work.link.name(), ended.getStepName(), ended.getFailureExceptions()) : null;
	}

	private @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		StepExecution step = contribution.getStepExecution();
		Work work = work(step);
		work.jobExecution = step.getJobExecutionId();
		ActiveRun run = new ActiveRun(work.link, RunParameters.of(step.getJobExecution().getJobParameters()),
				work.lease, this.transactions.now(), new RejectShare(ANY));
		work.run = run;
		// another worker may just have rejected the records of this lane
		run.markWaitingRejects();
		try {
			Steps.abortOnError(run, contribution, run::askBatchSizeLimit);
			if (!run.ending().mustEnd()) {
				this.fetching.execute(contribution, chunkContext);
			}
		}
		finally {
			run.waits().over();
		}
		if (this.closing || work.lease.isLost()) {
			// for the process that waits, the lane is still running: another worker
			// continues it
			step.setStatus(BatchStatus.STOPPING);
			contribution.setExitStatus(ExitStatus.EXECUTING);
		}
		else if (run.ending().abortReason() != null) {
			// the process that runs the Link notices it later
			ofSameRun(work.jobExecution).forEach((other) -> other.lease.requestStop());
		}
		return RepeatStatus.FINISHED;
	}

	private Stream<Work> ofSameRun(@Nullable Long jobExecution) {
		return this.running.values().stream().filter((work) -> Objects.equals(work.jobExecution, jobExecution));
	}

	private Work work(StepExecution step) {
		Work work = this.running.get(step.getId());
		if (work == null) {
			throw new IllegalStateException("%s is not running in this process".formatted(step));
		}
		return work;
	}

	/** Stops each lane after its current batch; other workers continue the lanes. */
	public void close() {
		this.closing = true;
		this.running.values().forEach((work) -> work.lease.requestStop());
	}

	/** A running lane. */
	private static final class Work {

		private final Link link;

		private final Lease lease;

		private volatile @Nullable Long jobExecution;

		private volatile @Nullable ActiveRun run;

		private final CountDownLatch ended = new CountDownLatch(1);

		private Work(Link link, Lease lease) {
			this.link = link;
			this.lease = lease;
		}

		/** Waits up to a second. Returns false if the thread is interrupted. */
		private boolean awaitEnd() {
			try {
				this.ended.await(1, TimeUnit.SECONDS);
				return true;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

	}

	/**
	 * The end of a lane.
	 *
	 * @param reached whether the lane is complete; otherwise another worker must continue
	 * it
	 * @param problem why its run cannot continue, or null
	 */
	public record LaneEnd(boolean reached, @Nullable String problem) {

		static final LaneEnd NOT_YET = new LaneEnd(false, null);

	}

}
