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
 * Carries out what messages ask for. Which lane is whose is decided in the database, so
 * that it does no harm when a message comes twice, late, or to a worker that is not
 * meant. Thread-safe.
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

	/** The one party more is whoever waits for the others. */
	private final Phaser inHand = new Phaser(1);

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
	 * Carries a lane out.
	 * @param request which
	 * @throws LaneNotEndedException when the lane has not ended: the message is to be
	 * given to another worker
	 */
	void carryOut(LaneRequest request) {
		this.inHand.register();
		try {
			LaneLeases.Taking taking = take(request);
			Lease lease = taking.lease();
			if (lease == null) {
				logger.debug("{} is not to be carried out any more", request);
			}
			else if (!carryOut(request, lease, taking.configuration())) {
				throw new LaneNotEndedException(request);
			}
		}
		finally {
			this.inHand.arriveAndDeregister();
		}
	}

	/** Whoever carries the lane out may die: its message is the only one there is. */
	private LaneLeases.Taking take(LaneRequest request) {
		do {
			try {
				LaneLeases.Taking taking = this.leases.take(request.link(), request.stepExecutionId());
				if (!taking.held()) {
					return taking;
				}
			}
			catch (DataAccessException | TransactionException ex) {
				// given back at once, it would soon be a dead letter
				logger.warn("{} cannot be taken, which is tried again: {}", request, ex.getMessage());
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
				why = "there the Link is configured otherwise than where its run was started";
			}
		}
		catch (UnknownLinkException ex) {
			why = "there is no such Link there";
		}
		return (why == null) ? null
				: "Link '%s': worker %s cannot carry its lanes out: %s. Give workers the configuration of whoever runs the Link, then restart the run"
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
	 * Waits until no lane is in hand.
	 * @param patience how long at most
	 * @return false when one still is after that time
	 */
	boolean awaitEnd(Duration patience) {
		try {
			this.inHand.awaitAdvanceInterruptibly(this.inHand.arrive(), patience.toMillis(), TimeUnit.MILLISECONDS);
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
