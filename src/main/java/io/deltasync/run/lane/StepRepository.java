package io.deltasync.run.lane;

import io.deltasync.run.StoredEnds;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Stores the start and the end of steps, but neither the first commit between them nor
 * their execution contexts: the state of a run is in its scopes, and storing contexts
 * would cost three transactions for each step, one of them before a lane does anything.
 */
public class StepRepository implements JobRepository {

	private final JobRepository repository;

	private final StoredEnds ends = new StoredEnds();

	public StepRepository(JobRepository repository) {
		this.repository = repository;
	}

	@Override
	public void update(StepExecution step) {
		if (step.getEndTime() == null && step.getCommitCount() == 1) {
			// most steps end with their first commit, and the end is stored next
			return;
		}
		this.ends.store(step, () -> store(step));
	}

	void store(StepExecution step) {
		this.repository.update(step);
	}

	@Override
	public void updateExecutionContext(StepExecution step) {
	}

	@Override
	public JobInstance createJobInstance(String jobName, JobParameters jobParameters) {
		throw unsupported();
	}

	@Override
	public void update(JobExecution jobExecution) {
		throw unsupported();
	}

	@Override
	public void updateExecutionContext(JobExecution jobExecution) {
		throw unsupported();
	}

	private static UnsupportedOperationException unsupported() {
		return new UnsupportedOperationException("A step stores only its own state");
	}

}
