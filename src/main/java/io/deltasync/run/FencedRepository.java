package io.deltasync.run;

import java.util.function.Function;

import io.deltasync.event.Lease;
import io.deltasync.event.LeaseLostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the state of lanes, unless they have been taken over: a worker that was asleep
 * must not end a lane that another carries out. It need not be told that its step is not
 * stored: the lane itself finds out before it does anything.
 */
final class FencedRepository implements JobRepository {

	private static final Logger logger = LoggerFactory.getLogger(FencedRepository.class);

	private final JobRepository repository;

	private final TransactionTemplate transaction;

	private final Function<StepExecution, Lease> leases;

	FencedRepository(JobRepository repository, TransactionTemplate transaction, Function<StepExecution, Lease> leases) {
		this.repository = repository;
		this.transaction = transaction;
		this.leases = leases;
	}

	@Override
	public void update(StepExecution step) {
		fenced(step, () -> this.repository.update(step));
	}

	@Override
	public void updateExecutionContext(StepExecution step) {
		fenced(step, () -> this.repository.updateExecutionContext(step));
	}

	private void fenced(StepExecution step, Runnable update) {
		try {
			this.transaction.executeWithoutResult((status) -> {
				this.leases.apply(step).fence();
				update.run();
			});
		}
		catch (LeaseLostException ex) {
			logger.debug("{} is not stored", step, ex);
		}
	}

	@Override
	public JobInstance createJobInstance(String jobName, JobParameters jobParameters) {
		throw notALanes();
	}

	@Override
	public void update(JobExecution jobExecution) {
		throw notALanes();
	}

	@Override
	public void updateExecutionContext(JobExecution jobExecution) {
		throw notALanes();
	}

	private static UnsupportedOperationException notALanes() {
		return new UnsupportedOperationException("A lane stores its own step alone");
	}

}
