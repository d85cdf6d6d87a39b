package io.deltasync.run.start;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import io.deltasync.event.RunParameters;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.lease.Slots;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunEventPublisher;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.Verdict;
import io.deltasync.run.job.Acknowledgements;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.UnexpectedJobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.TaskRejectedException;

/**
 * Stores a run that holds its Link and executes the Link's job for it: the run claims its
 * slot, and gives its Link back once everything is stored, whichever thread runs the job
 * and however it ends. Thread-safe.
 */
final class RunLauncher {

	private final JobRepository repository;

	private final TaskExecutor executor;

	private final ActiveRuns runs;

	private final RunTransactions transactions;

	private final Slots slots;

	private final CrashRecovery crashRecovery;

	private final Acknowledgements acknowledgements;

	private final RunEventPublisher published;

	RunLauncher(JobRepository repository, TaskExecutor executor, ActiveRuns runs, RunTransactions transactions,
			Slots slots, CrashRecovery crashRecovery, Acknowledgements acknowledgements, RunEventPublisher published) {
		this.repository = repository;
		this.executor = executor;
		this.runs = runs;
		this.transactions = transactions;
		this.slots = slots;
		this.crashRecovery = crashRecovery;
		this.acknowledgements = acknowledgements;
		this.published = published;
	}

	/**
	 * Launches a run.
	 * @param job the job of the Link
	 * @param run the run, which is one of the runs of this process
	 * @param parameters its complete job parameters; those of an earlier attempt restart
	 * it
	 * @param isNew whether nothing of it can be stored
	 * @return the execution, which has ended unless the job runs in another thread; one
	 * that never started was rejected by the task executor
	 * @throws JobExecutionAlreadyRunningException if another process still runs it
	 * @throws JobRestartException if it cannot be restarted
	 * @throws JobInstanceAlreadyCompleteException if it was successful
	 */
	JobExecution launch(Job job, ActiveRun run, JobParameters parameters, boolean isNew)
			throws JobExecutionAlreadyRunningException, JobRestartException, JobInstanceAlreadyCompleteException {
		JobExecution execution = create(run, parameters, isNew);
		bind(execution, run);
		takeSlot(execution, run);
		try {
			this.executor.execute(() -> execute(job, run, execution));
		}
		catch (TaskRejectedException ex) {
			execution.upgradeStatus(BatchStatus.FAILED);
			if (execution.getExitStatus().equals(ExitStatus.UNKNOWN)) {
				execution.setExitStatus(ExitStatus.FAILED.addExitDescription(ex));
			}
			this.repository.update(execution);
		}
		return execution;
	}

	private JobExecution create(ActiveRun run, JobParameters parameters, boolean isNew)
			throws JobExecutionAlreadyRunningException, JobRestartException, JobInstanceAlreadyCompleteException {
		String link = run.link().name();
		@Nullable JobInstance instance = isNew ? null : this.repository.getJobInstance(link, parameters);
		if (instance == null) {
			return createFirst(run, this.repository.createJobInstance(link, parameters), parameters);
		}
		List<JobExecution> attempts = this.crashRecovery.closedAttempts(instance, run.lease());
		if (attempts.isEmpty()) {
			// its process died before it could store an attempt
			return createFirst(run, instance, parameters);
		}
		JobExecution last = Collections.max(attempts, Comparator.comparing(JobExecution::getId));
		if (last.getStatus() == BatchStatus.COMPLETED || last.getStatus() == BatchStatus.ABANDONED) {
			throw new JobInstanceAlreadyCompleteException(
					"Link '%s': event %d was %s, so it cannot be restarted".formatted(link, instance.getId(),
							(last.getStatus() == BatchStatus.COMPLETED) ? "successful" : "abandoned"));
		}
		if (last.getStatus() == BatchStatus.UNKNOWN) {
			throw new JobRestartException(
					"Link '%s': event %d cannot be restarted, because its end could not be stored; start a new run"
						.formatted(link, instance.getId()));
		}
		return this.repository.createJobExecution(instance, parameters, last.getExecutionContext());
	}

	private JobExecution createFirst(ActiveRun run, JobInstance instance, JobParameters parameters) {
		run.markNew(instance.getId());
		return this.repository.createJobExecution(instance, parameters, new ExecutionContext());
	}

	private void execute(Job job, ActiveRun run, JobExecution execution) {
		this.published.started(execution);
		try {
			job.execute(execution);
			this.acknowledgements.send(run, execution);
		}
		catch (JobInterruptedException ex) {
			throw new UnexpectedJobExecutionException("Link '%s' was interrupted".formatted(run.link().name()), ex);
		}
		finally {
			this.runs.end(run);
		}
		this.published.ended(execution, run.ending().outcome());
	}

	/**
	 * Marks the run's slot as taken. Called only after the run is stored, because a run
	 * that was not stored has not used its slot.
	 */
	private void takeSlot(JobExecution execution, ActiveRun run) {
		String link = run.link().name();
		String trigger = run.parameters().trigger();
		String slot = execution.getJobParameters().getString(RunParameters.SLOT);
		if (run.link().autoReplay() > 0) {
			// a run that is restarted may be followed by a replay again
			this.slots.giveBack(link, AutoReplays.TRIGGER, run.parameters().runTimestamp());
		}
		if (slot != null) {
			this.slots.take(link, trigger, Instant.parse(slot));
			run.onGiveBackSlot(() -> this.slots.giveBack(link, trigger, Instant.parse(slot)));
		}
		else if (RunParameters.RECOVERY.equals(trigger)) {
			// the run that it recovers took the slot
			boolean full = run.parameters().isFull();
			run.onGiveBackSlot(() -> this.slots.giveBack(link, (cause) -> FullRuns.TRIGGER.equals(cause) == full));
		}
	}

	/**
	 * Binds the lease to the run if it is still held, and otherwise ends an execution
	 * that was stored too late: only this process knows of it.
	 */
	private void bind(JobExecution execution, ActiveRun run) {
		try {
			this.transactions.holding(run.lease(), () -> run.lease().bindToEvent(execution.getJobInstanceId()));
		}
		catch (LeaseLostException ex) {
			Verdict.lost(ex).applyTo(execution);
			execution.setEndTime(LocalDateTime.ofInstant(this.transactions.now(), ZoneId.systemDefault()));
			this.repository.update(execution);
			throw ex;
		}
	}

}
