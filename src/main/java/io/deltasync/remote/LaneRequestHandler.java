package io.deltasync.remote;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

import io.deltasync.lease.LaneLeases;
import io.deltasync.lease.Lease;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.link.UnknownLinkException;
import io.deltasync.run.Steps;
import io.deltasync.run.lane.WorkerLaneRunner;
import io.deltasync.run.lane.WorkerLaneRunner.LaneEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.integration.partition.StepExecutionRequestHandler;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Executes the lanes that messages request. The database decides which worker holds a
 * lane, so messages that arrive twice, late or at the wrong worker are harmless.
 * Thread-safe.
 */
public final class LaneRequestHandler {

	private static final long PAUSE_SECONDS = 1;

	private static final Logger logger = LoggerFactory.getLogger(LaneRequestHandler.class);

	private final LaneLeases leases;

	private final WorkerLaneRunner lanes;

	private final Links links;

	private final UnaryOperator<String> fingerprints;

	private final String worker;

	private final StepExecutionRequestHandler handler = new StepExecutionRequestHandler();

	private final CountDownLatch closed = new CountDownLatch(1);

	/** One party per lane, and one that waits for the others. */
	private final Phaser executing = new Phaser(1);

	/**
	 * Creates a handler.
	 * @param leases the lanes that this worker claims
	 * @param lanes executes lanes
	 * @param links the Links as configured in this process
	 * @param fingerprints returns the fingerprint of a Link's configuration by its name
	 * @param worker the name of this process, for messages
	 * @param repository the stored executions
	 */
	public LaneRequestHandler(LaneLeases leases, WorkerLaneRunner lanes, Links links,
			UnaryOperator<String> fingerprints, String worker, JobRepository repository) {
		this.leases = leases;
		this.lanes = lanes;
		this.links = links;
		this.fingerprints = fingerprints;
		this.worker = worker;
		this.handler.setJobRepository(repository);
		this.handler.setStepLocator((name) -> name.equals(Steps.LANE) ? lanes.step() : null);
	}

	/**
	 * Executes a lane.
	 * @param request the lane
	 * @throws LaneNotEndedException when the lane has not ended, so that its message must
	 * be redelivered to another worker
	 */
	void carryOut(LaneRequest request) {
		this.executing.register();
		try {
			LaneLeases.Claim claim = claim(request);
			Lease lease = claim.lease();
			if (lease == null) {
				logger.debug("{} no longer needs to be executed", request);
			}
			else if (!carryOut(request, lease, claim.configuration())) {
				throw new LaneNotEndedException(request);
			}
		}
		finally {
			this.executing.arriveAndDeregister();
		}
	}

	/**
	 * Waits while another worker holds the lane: if it dies, no other message follows.
	 */
	private LaneLeases.Claim claim(LaneRequest request) {
		do {
			try {
				LaneLeases.Claim claim = this.leases.claim(request.link(), request.stepExecutionId());
				if (!claim.held()) {
					return claim;
				}
			}
			catch (DataAccessException | TransactionException ex) {
				// immediate redelivery would soon turn it into a dead letter
				logger.warn("{} cannot be claimed; retrying: {}", request, ex.getMessage());
			}
		}
		while (!isClosedAfter(PAUSE_SECONDS));
		throw new LaneNotEndedException(request);
	}

	private boolean carryOut(LaneRequest request, Lease lease, String configuration) {
		boolean ended = false;
		try {
			String problem = problem(request.link(), configuration);
			if (problem != null) {
				logger.error(problem);
				this.leases.end(lease, problem);
				ended = true;
			}
			else {
				LaneEnd end = this.lanes.carryOut(request.stepExecutionId(), this.links.get(request.link()), lease,
						() -> this.handler.handle(request.toStepExecutionRequest()));
				if (end.reached()) {
					this.leases.end(lease, end.problem());
				}
				ended = end.reached();
			}
			return ended;
		}
		finally {
			if (!ended) {
				lease.close();
			}
		}
	}

	private @Nullable String problem(String name, String configuration) {
		String why = null;
		try {
			Link link = this.links.get(name);
			if (!this.fingerprints.apply(link.name()).equals(configuration)) {
				why = "its configuration of the Link differs from that of the process that started the run";
			}
		}
		catch (UnknownLinkException ex) {
			why = "the Link is not configured there";
		}
		return (why == null) ? null
				: "Link '%s': worker %s cannot execute its lanes: %s. Give workers the configuration of the process that runs the Link, then restart the run"
					.formatted(name, this.worker, why);
	}

	private boolean isClosedAfter(long seconds) {
		try {
			return this.closed.await(seconds, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	/** Lets all lanes end within their current batches. */
	void close() {
		this.closed.countDown();
		this.lanes.close();
	}

	/**
	 * Waits until no lane is running.
	 * @param timeout the maximum time to wait
	 * @return false when a lane is still running after that time
	 */
	boolean awaitEnd(Duration timeout) {
		try {
			this.executing.awaitAdvanceInterruptibly(this.executing.arrive(), timeout.toMillis(),
					TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
