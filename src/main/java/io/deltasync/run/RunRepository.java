package io.deltasync.run;

import io.deltasync.event.LeaseLostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.NoSuchStepException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the state of runs for as long as they hold their Links: a process that was
 * asleep must neither write over how another has closed its run, nor begin a step of it,
 * which would keep the run from being restarted. Of itself Spring Batch stores the state
 * of a job whatever has been stored meanwhile.
 */
final class RunRepository implements JobRepository {

	private static final Logger logger = LoggerFactory.getLogger(RunRepository.class);

	private final JobRepository repository;

	private final TransactionTemplate transaction;

	private final LiveRuns runs;

	RunRepository(JobRepository repository, TransactionTemplate transaction, LiveRuns runs) {
		this.repository = repository;
		this.transaction = transaction;
		this.runs = runs;
	}

	/**
	 * A run that has lost its Link ends all the same, and tells whoever started it why.
	 */
	@Override
	public void update(JobExecution execution) {
		try {
			holding(execution, () -> this.repository.update(execution));
		}
		catch (LeaseLostException ex) {
			logger.warn("How event {} ended in this process is not stored: {}", execution.getJobInstanceId(),
					ex.getMessage());
		}
	}

	/** After each step, though few change it. */
	@Override
	public void updateExecutionContext(JobExecution execution) {
		if (execution.getExecutionContext().isDirty()) {
			holding(execution, () -> this.repository.updateExecutionContext(execution));
		}
	}

	private void holding(JobExecution execution, Runnable change) {
		LiveRun run = this.runs.of(execution);
		this.transaction.executeWithoutResult((status) -> {
			run.lease().hold();
			change.run();
		});
	}

	/** Spring Batch creates in a transaction of its own, which no other can enclose. */
	@Override
	public StepExecution createStepExecution(String stepName, JobExecution execution) {
		this.runs.of(execution).lease().check();
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
		throw new UnsupportedOperationException("A run does not begin another");
	}

}
