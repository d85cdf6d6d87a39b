package io.deltasync.run.lane;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.deltasync.link.Link;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.retry.Messages;
import org.springframework.batch.core.partition.support.AbstractPartitionHandler;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Plans in this process while workers run the lanes.
 */
public final class RemotePartitionHandler extends AbstractPartitionHandler {

	private final ActiveRuns runs;

	private final Rejects rejects;

	private final RunTransactions transactions;

	private final LocalLaneExecutor local;

	private final RemoteLaneExecutor workers;

	public RemotePartitionHandler(ActiveRuns runs, Rejects rejects, RunTransactions transactions,
			LocalLaneExecutor local, RemoteLaneExecutor workers) {
		this.runs = runs;
		this.rejects = rejects;
		this.transactions = transactions;
		this.local = local;
		this.workers = workers;
		setGridSize(local.getGridSize());
	}

	@Override
	protected Set<StepExecution> doHandle(StepExecution manager, Set<StepExecution> partitions) throws Exception {
		ActiveRun run = this.runs.of(manager.getJobExecution());
		Set<StepExecution> planners = partitions.stream()
			.filter((step) -> step.getStepName().endsWith(":" + LanePartitioner.PLANNER))
			.collect(Collectors.toSet());
		Set<StepExecution> lanes = new HashSet<>(partitions);
		lanes.removeAll(planners);
		CompletableFuture<Set<StepExecution>> planned = CompletableFuture.supplyAsync(
				() -> this.local.doHandle(manager, planners),
				new SimpleAsyncTaskExecutor(run.link().name() + "-plan-"));
		Set<StepExecution> ended = new HashSet<>();
		try {
			ended.addAll(this.workers.carryOut(run, manager, lanes));
		}
		catch (Throwable thrown) {
			run.ending()
				.abort("Link '%s': its lanes could not be run: %s".formatted(run.link().name(), Messages.of(thrown)));
			throw thrown;
		}
		finally {
			ended.addAll(planned.join());
		}
		if (this.transactions.call(() -> this.rejects.anyWaiting(run.link().name()))) {
			run.markWaitingRejects();
		}
		return ended;
	}

}
