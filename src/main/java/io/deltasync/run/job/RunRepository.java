package io.deltasync.run.job;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

import io.deltasync.event.OwedSuccesses;
import io.deltasync.event.SeenColumns;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.notify.LinkNotices;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.StoredEnds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.NoSuchStepException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Stores the state of runs only while they hold their Links. A process that was suspended
 * must not overwrite the end of a run that another process has closed, and must not begin
 * a step of it, because Spring Batch could then not restart the run. Spring Batch alone
 * would store the state of a job over any newer state.
 */
final class RunRepository implements JobRepository {

	private static final Logger logger = LoggerFactory.getLogger(RunRepository.class);

	private final JobRepository repository;

	private final OwedSuccesses owed;

	private final PushedEnd pushed;

	private final SeenColumns columns;

	private final RunTransactions transactions;

	private final ActiveRuns runs;

	private final LinkNotices notices;

	private final StoredEnds ends = new StoredEnds();

	private final EndedSteps steps;

	RunRepository(JobRepository repository, OwedSuccesses owed, PushedEnd pushed, SeenColumns columns,
			RunTransactions transactions, ActiveRuns runs, LinkNotices notices) {
		this.repository = repository;
		this.owed = owed;
		this.pushed = pushed;
		this.columns = columns;
		this.transactions = transactions;
		this.runs = runs;
		this.notices = notices;
		this.steps = new EndedSteps(repository);
	}

	/**
	 * Stores a run's state with the changes that depend on it. A run that has lost its
	 * Link ends without being stored, and its caller receives the reason. Other
	 * executions are stored unchanged.
	 */
	@Override
	public void update(JobExecution execution) {
		Optional<ActiveRun> run = this.runs.find(execution);
		if (run.isEmpty()) {
			this.repository.update(execution);
			return;
		}
		try {
			this.ends.store(execution, () -> {
				Runnable lastStep = this.steps.storing(execution, null);
				this.transactions.holding(run.get().lease(), () -> {
					lastStep.run();
					store(run.get(), execution);
				});
				this.steps.remove(execution);
			});
		}
		catch (LeaseLostException ex) {
			this.steps.remove(execution);
			logger.debug("{} is not stored", execution, ex);
			run.get().ending().addLoss(ex);
			run.get().ending().verdict().applyTo(execution);
		}
	}

	private void store(ActiveRun run, JobExecution execution) {
		this.repository.update(execution);
		if (execution.getStatus() == BatchStatus.STOPPED) {
			run.giveBackSlot();
		}
		this.pushed.store(run, execution);
		if (Acknowledgements.isOwed(run, execution)) {
			this.owed.add(run.link().name(), execution.getJobInstanceId());
		}
		if (Acknowledgements.isSuccess(run, execution)) {
			this.columns.accept(run.link().name(), execution.getJobInstanceId());
		}
		if (execution.getEndTime() != null) {
			this.repository.updateExecutionContext(execution);
			this.notices.update(run.link().name());
		}
	}

	/**
	 * Does nothing, because the context is stored with the end of the run. Spring Batch
	 * calls this after each step, but only the last one changes the context.
	 */
	@Override
	public void updateExecutionContext(JobExecution execution) {
	}

	/**
	 * Checks the lease without the database, because Spring Batch creates the step in a
	 * transaction that no other can enclose. The step does nothing before its start is
	 * stored, which verifies the lease.
	 */
	@Override
	public StepExecution createStepExecution(String stepName, JobExecution execution) {
		ActiveRun run = this.runs.of(execution);
		run.lease().checkLocally();
		run.begin(stepName);
		return this.repository.createStepExecution(stepName, execution);
	}

	/**
	 * Stores the start of a step together with the end of the step before. A run that has
	 * lost its Link does not start the step.
	 */
	@Override
	public void update(StepExecution step) {
		if (step.getEndTime() != null) {
			this.steps.add(step);
			return;
		}
		JobExecution execution = step.getJobExecution();
		try {
			this.transactions.holding(this.runs.of(execution).lease(), this.steps.storing(execution, step));
			this.steps.remove(execution);
		}
		catch (LeaseLostException ex) {
			if (step.getCommitCount() == 0) {
				close(step);
			}
			throw ex;
		}
	}

	/** Closes a step that was created too late and that only this process knows of. */
	private void close(StepExecution step) {
		step.setStatus(BatchStatus.FAILED);
		step.setExitStatus(ExitStatus.FAILED.addExitDescription("the Link was lost before the step started"));
		step.setEndTime(LocalDateTime.ofInstant(this.transactions.now(), ZoneId.systemDefault()));
		try {
			this.repository.update(step);
		}
		catch (OptimisticLockingFailureException ex) {
			logger.debug("{} was closed by another process", step, ex);
		}
	}

	/**
	 * Leaves an empty context as it was created. Spring Batch stores one for each lane,
	 * one after the other, before any of them begins.
	 */
	@Override
	public void updateExecutionContext(StepExecution step) {
		if (!step.getExecutionContext().isEmpty()) {
			this.repository.updateExecutionContext(step);
		}
	}

	/**
	 * Answers from memory for the first attempt of an event, like
	 * {@link #getStepExecutionCount}: Spring Batch asks three times before each step.
	 */
	@Override
	public @Nullable StepExecution getLastStepExecution(JobInstance instance, String stepName) {
		return isNew(instance, stepName) ? null : this.repository.getLastStepExecution(instance, stepName);
	}

	@Override
	public long getStepExecutionCount(JobInstance instance, String stepName) throws NoSuchStepException {
		return isNew(instance, stepName) ? 0 : this.repository.getStepExecutionCount(instance, stepName);
	}

	private boolean isNew(JobInstance instance, String stepName) {
		return this.runs.find(instance.getJobName()).filter((run) -> run.isNew(instance.getId(), stepName)).isPresent();
	}

	@Override
	public JobInstance createJobInstance(String jobName, JobParameters jobParameters) {
		throw new UnsupportedOperationException("A run does not create job instances");
	}

}
