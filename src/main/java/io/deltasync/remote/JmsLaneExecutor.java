package io.deltasync.remote;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.deltasync.api.AbortRunException;
import io.deltasync.lease.Installation;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.lease.OfferedLanes;
import io.deltasync.link.Link;
import io.deltasync.link.RemoteSettings;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.Steps;
import io.deltasync.run.lane.RemoteLaneExecutor;
import io.deltasync.run.lane.WorkerRecordCounts;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.ScopeProgress;
import jakarta.jms.ConnectionFactory;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.poller.DirectPoller;
import org.springframework.batch.integration.partition.MessageChannelPartitionHandler;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.integration.core.MessagingTemplate;

/**
 * Executes the lanes of a run on workers: offers the lanes in the database, sends them
 * through the broker, and waits until all have ended. Uses Spring Batch's own handler,
 * which sends the lanes and polls a {@link LanePollingRepository}.
 */
public final class JmsLaneExecutor implements RemoteLaneExecutor {

	private static final long POLL_MILLIS = 500;

	private final RemoteSettings settings;

	private final ConnectionFactory connections;

	private final OfferedLanes offers;

	private final Installation installation;

	private final Plans plans;

	private final ScopePages pages;

	private final ScopeProgress progress;

	private final Rejects rejects;

	private final RunTransactions transactions;

	private final JobRepository repository;

	private final UnaryOperator<String> fingerprints;

	/**
	 * Creates an executor.
	 * @param settings the queue and its time limits
	 * @param connections the broker
	 * @param offers the lanes that workers may claim
	 * @param installation identifies this JobRepository on the broker
	 * @param plans the progress of planning
	 * @param pages the scopes and their lanes
	 * @param progress the progress of the lanes
	 * @param rejects the records that failed
	 * @param transactions the transactions of runs
	 * @param repository the stored executions
	 * @param fingerprints returns the fingerprint of a Link's configuration by its name
	 */
	public JmsLaneExecutor(RemoteSettings settings, ConnectionFactory connections, OfferedLanes offers,
			Installation installation, Plans plans, ScopePages pages, ScopeProgress progress, Rejects rejects,
			RunTransactions transactions, JobRepository repository, UnaryOperator<String> fingerprints) {
		this.settings = settings;
		this.connections = connections;
		this.offers = offers;
		this.installation = installation;
		this.plans = plans;
		this.pages = pages;
		this.progress = progress;
		this.rejects = rejects;
		this.transactions = transactions;
		this.repository = repository;
		this.fingerprints = fingerprints;
	}

	@Override
	public Collection<StepExecution> carryOut(ActiveRun run, StepExecution manager, Set<StepExecution> lanes)
			throws Exception {
		Map<Long, String> names = lanes.stream()
			.collect(Collectors.toMap(StepExecution::getId, StepExecution::getStepName));
		run.lease().checkLocally();
		long event = manager.getJobExecution().getJobInstanceId();
		WorkerRecordCounts records = new WorkerRecordCounts(run, event, this.progress, this.rejects, this.transactions);
		this.transactions.run(() -> this.offers.offer(run.lease(), this.fingerprints.apply(run.link().name()), names));
		LaneWatch watch = new LaneWatch(run, event, records, this.settings, this.offers, this.plans, this.pages,
				this.progress, this.transactions, this.repository);
		LanePollingRepository pollingRepository = new LanePollingRepository(manager.getJobExecution(), watch,
				this.repository);
		try (LaneChannel channel = new LaneChannel(run.link().name(), run.timedWaits(), this.installation.id(),
				this.settings, this.connections)) {
			return handler(channel, pollingRepository).handle(new Given(lanes), manager);
		}
		catch (Exception ex) {
			throwIfLeaseLost(ex);
			if (!run.ending().mustEnd()) {
				run.ending().abort("Link '%s': %s".formatted(run.link().name(), reason(ex)));
			}
			return awaitEnd(watch, pollingRepository, lanes);
		}
	}

	private static MessageChannelPartitionHandler handler(LaneChannel channel, LanePollingRepository pollingRepository)
			throws Exception {
		MessagingTemplate messages = new MessagingTemplate();
		messages.setDefaultDestination(channel);
		MessageChannelPartitionHandler handler = new MessageChannelPartitionHandler();
		handler.setStepName(Steps.LANE);
		handler.setMessagingOperations(messages);
		handler.setJobRepository(pollingRepository);
		handler.setPollInterval(POLL_MILLIS);
		handler.afterPropertiesSet();
		return handler;
	}

	/**
	 * Waits for the lanes even if the run must end, because their results belong to its
	 * verdict.
	 */
	private static Set<StepExecution> awaitEnd(LaneWatch watch, LanePollingRepository pollingRepository,
			Set<StepExecution> lanes) {
		while (true) {
			try {
				new DirectPoller<Boolean>(POLL_MILLIS).poll(() -> watch.haveEnded() ? Boolean.TRUE : null).get();
				return pollingRepository.stored(lanes);
			}
			catch (InterruptedException ex) {
				// the run is ending, and its end must still be stored
			}
			catch (Exception ex) {
				throwIfLeaseLost(ex);
				throw new IllegalStateException(ex);
			}
		}
	}

	private static void throwIfLeaseLost(Exception thrown) {
		if (thrown.getCause() instanceof LeaseLostException lost) {
			throw lost;
		}
	}

	private static String reason(Exception thrown) {
		if (thrown instanceof AbortRunException) {
			return String.valueOf(thrown.getMessage());
		}
		return (thrown instanceof InterruptedException) ? "a thread of the run was interrupted"
				: String.valueOf(NestedExceptionUtils.getMostSpecificCause(thrown).getMessage());
	}

	/** Returns the lanes, which already exist. */
	private record Given(Set<StepExecution> lanes) implements StepExecutionSplitter {

		@Override
		public String getStepName() {
			return Steps.LANE;
		}

		@Override
		public Set<StepExecution> split(StepExecution manager, int gridSize) {
			return this.lanes;
		}

	}

}
