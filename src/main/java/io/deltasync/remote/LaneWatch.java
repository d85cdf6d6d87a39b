package io.deltasync.remote;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

import io.deltasync.lease.OfferedLane;
import io.deltasync.lease.OfferedLanes;
import io.deltasync.link.Link;
import io.deltasync.link.RemoteSettings;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.lane.WorkerRecordCounts;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.ScopeProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Monitors the lanes of a run on workers. The end of the run ends its lanes, the abort of
 * a lane aborts the run, and lanes that no worker claims end, too. Confined to one
 * thread.
 */
final class LaneWatch {

	private static final Logger logger = LoggerFactory.getLogger(LaneWatch.class);

	private final ActiveRun run;

	private final long event;

	private final WorkerRecordCounts records;

	private final RemoteSettings settings;

	private final OfferedLanes lanes;

	private final Plans plans;

	private final ScopePages pages;

	private final ScopeProgress progress;

	private final RunTransactions transactions;

	private final JobRepository repository;

	private long lastHeld = System.nanoTime();

	private boolean stopRequested;

	LaneWatch(ActiveRun run, long event, WorkerRecordCounts records, RemoteSettings settings, OfferedLanes lanes,
			Plans plans, ScopePages pages, ScopeProgress progress, RunTransactions transactions,
			JobRepository repository) {
		this.run = run;
		this.event = event;
		this.records = records;
		this.settings = settings;
		this.lanes = lanes;
		this.plans = plans;
		this.pages = pages;
		this.progress = progress;
		this.transactions = transactions;
		this.repository = repository;
	}

	/**
	 * Checks the lanes once.
	 * @return true when all lanes have ended
	 * @throws io.deltasync.lease.LeaseLostException when this process no longer holds the
	 * Link
	 */
	boolean haveEnded() {
		this.run.lease().checkLocally();
		try {
			boolean ended = refresh();
			if (ended) {
				this.records.countAll();
			}
			else {
				this.records.count();
			}
			return ended;
		}
		catch (DataAccessException | TransactionException ex) {
			// retried for as long as the lease is valid
			logger.warn("Link '{}': its lanes cannot be checked for now: {}", this.run.link().name(), ex.getMessage());
			return false;
		}
	}

	private boolean refresh() {
		List<OfferedLane> open = this.transactions.call(() -> this.lanes.open(this.run.lease()));
		open.stream().map(OfferedLane::problem).filter(Objects::nonNull).forEach(this.run.ending()::abort);
		boolean held = open.stream().anyMatch(OfferedLane::held);
		if (held) {
			this.lastHeld = System.nanoTime();
		}
		else if (!open.isEmpty()) {
			abortIfWaitedTooLong(open.size());
		}
		if (this.run.ending().mustEnd() && !this.stopRequested) {
			this.run.requestStop();
			this.stopRequested = true;
		}
		boolean over = this.run.ending().mustEnd() || (!held && !open.isEmpty() && isAllFetched());
		return open.stream().filter((lane) -> lane.held() || !over || !withdraw(lane)).findAny().isEmpty();
	}

	private void abortIfWaitedTooLong(int open) {
		Duration waited = Duration.ofNanos(System.nanoTime() - this.lastHeld);
		if (waited.compareTo(this.settings.timeout()) > 0) {
			this.run.ending()
				.abort(("Link '%s': for %s no worker has claimed any of the %d lanes that wait in queue '%s' of broker "
						+ "%s. Start workers ('worker', with the same deltasync.remote and the same database), give a longer "
						+ "deltasync.remote.timeout if they are busy with other Links, and check the broker's "
						+ "dead-letter queue; then restart event %d")
					.formatted(this.run.link().name(), this.settings.timeout(), open, this.settings.queue(),
							this.settings.broker(), this.event));
		}
	}

	/** Returns whether a worker that claims a lane now would find no scope to fetch. */
	private boolean isAllFetched() {
		return this.transactions.call(() -> {
			Plan plan = this.plans.find(this.event);
			if (!plan.finished() || this.pages.hasUnclaimed(this.event)) {
				return false;
			}
			ScopeCounts scopes = this.progress.find(this.event).scopes();
			return scopes.done() + scopes.failed() == scopes.total();
		});
	}

	/**
	 * Ends the step of a lane that no worker has ended; the verdict covers its scopes.
	 */
	private boolean withdraw(OfferedLane lane) {
		return this.transactions.call(() -> {
			if (!this.lanes.withdraw(lane.stepExecution())) {
				return false;
			}
			StepExecution step = Objects.requireNonNull(this.repository.getStepExecution(lane.stepExecution()));
			if (step.getStatus().isRunning()) {
				step.setStatus(BatchStatus.COMPLETED);
				step.setExitStatus(ExitStatus.COMPLETED.addExitDescription("no worker was left to execute it"));
				step.setEndTime(LocalDateTime.ofInstant(this.transactions.clock().instant(), ZoneId.systemDefault()));
				this.repository.update(step);
			}
			return true;
		});
	}

}
