package io.deltasync.run.job;

import java.util.Optional;

import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunStorage;
import io.deltasync.run.Verdict;
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
 * Stores the state of runs for as long as they hold their Links: a process that was
 * asleep must neither write over how another has closed its run, nor begin a step of it,
 * which would keep the run from being restarted. Of itself Spring Batch stores the state
 * of a job whatever has been stored meanwhile.
 */
final class RunRepository implements JobRepository {

	private static final Logger logger = LoggerFactory.getLogger(RunRepository.class);

	private final JobRepository repository;

	private final RunStorage stores;

	private final ActiveRuns runs;

	RunRepository(JobRepository repository, RunStorage stores, ActiveRuns runs) {
		this.repository = repository;
		this.stores = stores;
		this.runs = runs;
	}

	/**
	 * A run that has lost its Link ends all the same, and whoever started it is told why.
	 * What was not started as a run is stored as it is.
	 */
	@Override
	public void update(JobExecution execution) {
		Optional<ActiveRun> run = this.runs.find(execution);
		if (run.isEmpty()) {
			this.repository.update(execution);
			return;
		}
		try {
			this.stores.holding(run.get().lease(), () -> {
				this.repository.update(execution);
				if (execution.getStatus() == BatchStatus.STOPPED) {
					run.get().giveBackSlot();
				}
				if (Acknowledgements.isOwed(run.get(), execution)) {
					this.stores.owed().add(run.get().linkName(), execution.getJobInstanceId());
				}
			});
		}
		catch (LeaseLostException ex) {
			logger.debug("{} is not stored", execution, ex);
			Verdict verdict = Verdict.lost(ex);
			run.get().decide(verdict);
			verdict.applyTo(execution);
		}
	}

	/** After each step, though few change it. */
	@Override
	public void updateExecutionContext(JobExecution execution) {
		if (execution.getExecutionContext().isDirty()) {
			this.stores.holding(this.runs.of(execution).lease(),
					() -> this.repository.updateExecutionContext(execution));
		}
	}

	/** Spring Batch creates in a transaction of its own, which no other can enclose. */
	@Override
	public StepExecution createStepExecution(String stepName, JobExecution execution) {
		this.stores.holding(this.runs.of(execution).lease(), () -> {
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
		throw new UnsupportedOperationException("A run does not begin another");
	}

}
