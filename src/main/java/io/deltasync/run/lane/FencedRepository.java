package io.deltasync.run.lane;

import java.util.Objects;
import java.util.function.Function;

import io.deltasync.lease.Lease;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.RunTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Stores the state of lanes, unless their lease is lost: a process that was suspended
 * must neither begin a lane of a run that has been closed nor end one that runs on
 * another worker. It does not report that the step was not stored, because the lane
 * checks its lease before it does anything else.
 */
public final class FencedRepository extends StepRepository {

	private static final Logger logger = LoggerFactory.getLogger(FencedRepository.class);

	private final RunTransactions transactions;

	private final Function<StepExecution, Lease> leases;

	/**
	 * Creates a repository of lanes.
	 * @param repository stores them
	 * @param transactions the transactions of runs
	 * @param leases finds the lease that a lane needs
	 */
	public FencedRepository(JobRepository repository, RunTransactions transactions,
			Function<StepExecution, Lease> leases) {
		super(repository);
		this.transactions = transactions;
		this.leases = leases;
	}

	@Override
	void store(StepExecution step) {
		int version = Objects.requireNonNull(step.getVersion());
		try {
			this.transactions.run(() -> {
				this.leases.apply(step).verify();
				// an attempt that was rolled back has already counted
				step.setVersion(version);
				super.store(step);
			});
		}
		catch (LeaseLostException ex) {
			logger.debug("{} is not stored", step, ex);
		}
	}

}
