package io.deltasync.run.start;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;

import io.deltasync.event.Outcome;
import io.deltasync.event.RunParameters;
import io.deltasync.event.RunSummary;
import io.deltasync.lease.Lease;
import io.deltasync.lease.Slots;
import io.deltasync.run.RunEventPublisher;
import io.deltasync.run.RunStorage;
import io.deltasync.run.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Closes the executions of runs whose process died. Callers must hold the lease of the
 * Link, so a live run is never recovered.
 */
class CrashRecovery {

	private static final Logger logger = LoggerFactory.getLogger(CrashRecovery.class);

	private static final int MOST_ATTEMPTS = 10;

	private final JobRepository repository;

	private final RunStorage stores;

	private final Slots slots;

	private final RunEventPublisher published;

	CrashRecovery(JobRepository repository, RunStorage stores, Slots slots, RunEventPublisher published) {
		this.repository = repository;
		this.stores = stores;
		this.slots = slots;
		this.published = published;
	}

	/**
	 * Marks steps whose end was not stored as failed: Spring Batch does not restart a run
	 * with a step that is running or unknown.
	 * @param execution an execution that no process runs any longer
	 * @param lease the lease of its Link
	 */
	void closeSteps(JobExecution execution, Lease lease) {
		execution.getStepExecutions().forEach((step) -> close(step, lease));
	}

	/**
	 * Closes a step, also while a worker that has not yet noticed the crash stores the
	 * step's state.
	 */
	private void close(StepExecution known, Lease lease) {
		StepExecution found = known;
		for (int attempt = 1; found.getStatus().isRunning() || found.getStatus() == BatchStatus.UNKNOWN; attempt++) {
			StepExecution step = found;
			step.setStatus(BatchStatus.FAILED);
			step.setExitStatus(ExitStatus.FAILED.addExitDescription("its end was not stored"));
			step.setEndTime(LocalDateTime.ofInstant(this.stores.now(), ZoneId.systemDefault()));
			try {
				this.stores.holding(lease, () -> this.repository.update(step));
			}
			catch (OptimisticLockingFailureException ex) {
				if (attempt == MOST_ATTEMPTS) {
					throw ex;
				}
				found = Objects.requireNonNull(this.repository.getStepExecution(known.getId()));
			}
		}
	}

	/**
	 * Marks an execution as crashed so that it can be restarted. The job's status is
	 * stored last, so if this process dies as well, the next one completes the recovery.
	 * @param execution an execution that is still marked as running
	 * @param lease the lease of its Link
	 */
	void close(JobExecution execution, Lease lease) {
		long event = execution.getJobInstance().getId();
		LocalDateTime now = LocalDateTime.ofInstant(this.stores.now(), ZoneId.systemDefault());
		closeSteps(execution, lease);
		this.stores.holding(lease, () -> {
			this.stores.pages().endLanes(event);
			this.stores.formerRows().move(event);
			execution.getExecutionContext().putString(RunSummary.KEY, this.stores.summaries().of(event, null).toJson());
			this.repository.updateExecutionContext(execution);
			this.stores.failed().keep(execution.getJobInstance().getJobName(), event, this.stores.rejects());
			new Verdict(Outcome.CRASHED, "the process that ran it died without ending its lease").applyTo(execution);
			execution.setEndTime(now);
			this.repository.update(execution);
			giveBackReplay(execution);
		});
		logger.warn("Link '{}': the process that ran event {} died without ending it",
				execution.getJobInstance().getJobName(), event);
		this.published.recovered(execution);
	}

	/** Has an automatic replay that crashed started once more, if it is not resumed. */
	private void giveBackReplay(JobExecution execution) {
		JobParameters parameters = execution.getJobParameters();
		String slot = parameters.getString(RunParameters.SLOT);
		if (slot != null && AutoReplays.TRIGGER.equals(parameters.getString(RunParameters.TRIGGER))) {
			this.slots.giveBack(execution.getJobInstance().getJobName(), AutoReplays.TRIGGER, Instant.parse(slot));
		}
	}

}
