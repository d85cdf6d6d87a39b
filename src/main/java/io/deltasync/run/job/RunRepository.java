package io.deltasync.run.job;

import java.util.Optional;

import io.deltasync.event.OwedSuccesses;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTransactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.NoSuchStepException;
import org.springframework.batch.core.step.StepExecution;

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

	private final RunTransactions transactions;

	private final ActiveRuns runs;

	RunRepository(JobRepository repository, OwedSuccesses owed, RunTransactions transactions, ActiveRuns runs) {
		this.repository = repository;
		this.owed = owed;
		this.transactions = transactions;
		this.runs = runs;
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
			this.transactions.holding(run.get().lease(), () -> {
				this.repository.update(execution);
				if (execution.getStatus() == BatchStatus.STOPPED) {
					run.get().giveBackSlot();
				}
				if (Acknowledgements.isOwed(run.get(), execution)) {
					this.owed.add(run.get().link().name(), execution.getJobInstanceId());
				}
			});
		}
		catch (LeaseLostException ex) {
			logger.debug("{} is not stored", execution, ex);
			run.get().ending().addLoss(ex);
			run.get().ending().verdict().applyTo(execution);
		}
	}

	/**
	 * Stores the execution context if it has changed: Spring Batch calls this after each
	 * step, but few steps change the context.
	 */
	@Override
	public void updateExecutionContext(JobExecution execution) {
		if (execution.getExecutionContext().isDirty()) {
			this.transactions.holding(this.runs.of(execution).lease(),
					() -> this.repository.updateExecutionContext(execution));
		}
	}

	/**
	 * Verifies the lease first, in a separate transaction, because Spring Batch creates
	 * the step in a transaction that no other can enclose.
	 */
	@Override
	public StepExecution createStepExecution(String stepName, JobExecution execution) {
		this.transactions.holding(this.runs.of(execution).lease(), () -> {
		});
		return this.repository.createStepExecution(stepName, execution);
	}

	@Override
	public void update(StepExecution step) {
		this.repository.update(step);
	}

	@Override
	public void updateExecutionContext(StepExecution step) {
		this.repository.updateExecutionContext(step);
	}

	@Override
	public @Nullable StepExecution getLastStepExecution(JobInstance instance, String stepName) {
		return this.repository.getLastStepExecution(instance, stepName);
	}

	@Override
	public long getStepExecutionCount(JobInstance instance, String stepName) throws NoSuchStepException {
		return this.repository.getStepExecutionCount(instance, stepName);
	}

	@Override
	public JobInstance createJobInstance(String jobName, JobParameters jobParameters) {
		throw new UnsupportedOperationException("A run does not create job instances");
	}

}
