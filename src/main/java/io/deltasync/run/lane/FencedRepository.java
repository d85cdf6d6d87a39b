package io.deltasync.run.lane;

import java.util.function.Function;

import io.deltasync.lease.Lease;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.RunTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Stores the state of lanes, unless another worker has claimed them: a worker that was
 * suspended must not end a lane that runs on another one. It does not report that the
 * step was not stored, because the lane checks its lease before it does anything else.
 */
final class FencedRepository extends StepRepository {

	private static final Logger logger = LoggerFactory.getLogger(FencedRepository.class);

	private final RunTransactions transactions;

	private final Function<StepExecution, Lease> leases;

	FencedRepository(JobRepository repository, RunTransactions transactions, Function<StepExecution, Lease> leases) {
		super(repository);
		this.transactions = transactions;
		this.leases = leases;
	}

	@Override
	public void update(StepExecution step) {
		try {
			this.transactions.run(() -> {
				this.leases.apply(step).verify();
				super.update(step);
			});
		}
		catch (LeaseLostException ex) {
			logger.debug("{} is not stored", step, ex);
		}
	}

}
