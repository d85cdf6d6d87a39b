package io.deltasync.remote;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * The JobRepository that Spring Batch's handler polls. It shows no lanes until all have
 * ended, because the handler would otherwise load the whole job execution on each poll,
 * and wait forever for lanes of dead workers.
 */
final class LanePollingRepository implements JobRepository {

	private final JobExecution unfinished;

	private final LaneWatch watch;

	private final JobRepository repository;

	LanePollingRepository(JobExecution execution, LaneWatch watch, JobRepository repository) {
		this.unfinished = new JobExecution(execution.getId(), execution.getJobInstance(), execution.getJobParameters());
		this.watch = watch;
		this.repository = repository;
	}

	@Override
	public JobExecution getJobExecution(long id) {
		return this.watch.haveEnded() ? stored() : this.unfinished;
	}

	/** Returns the lanes as stored at their end. */
	Set<StepExecution> stored(Set<StepExecution> lanes) {
		return stored().getStepExecutions().stream().filter(lanes::contains).collect(Collectors.toSet());
	}

	private JobExecution stored() {
		return Objects.requireNonNull(this.repository.getJobExecution(this.unfinished.getId()));
	}

	@Override
	public JobInstance createJobInstance(String jobName, JobParameters jobParameters) {
		throw readOnly();
	}

	@Override
	public void update(JobExecution jobExecution) {
		throw readOnly();
	}

	@Override
	public void updateExecutionContext(JobExecution jobExecution) {
		throw readOnly();
	}

	@Override
	public void update(StepExecution stepExecution) {
		throw readOnly();
	}

	@Override
	public void updateExecutionContext(StepExecution stepExecution) {
		throw readOnly();
	}

	private static UnsupportedOperationException readOnly() {
		return new UnsupportedOperationException("This JobRepository is only for polling");
	}

}
