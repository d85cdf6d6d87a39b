package io.deltasync.run.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunEnding;
import io.deltasync.run.retry.Messages;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.partition.support.AbstractPartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Runs the lanes of a Link, each in its own thread. It always waits for all of them,
 * because the verdict must not count while a lane still adds records: Spring Batch's own
 * handler returns as soon as one lane throws or its thread is interrupted. Both end the
 * run, at the next batch of each lane; no lane is ever interrupted.
 */
public final class LocalLaneExecutor extends AbstractPartitionHandler {

	private final ActiveRuns runs;

	private final Step lane;

	private final SimpleAsyncTaskExecutor threads;

	/**
	 * Creates the executor.
	 * @param runs the runs of this process
	 * @param link the Link's name, for the threads' names
	 * @param lanes the number of lanes
	 * @param lane the step of each lane
	 */
	public LocalLaneExecutor(ActiveRuns runs, String link, int lanes, Step lane) {
		this.runs = runs;
		this.lane = lane;
		this.threads = new SimpleAsyncTaskExecutor(link + "-");
		setGridSize(lanes);
	}

	@Override
	protected Set<StepExecution> doHandle(StepExecution manager, Set<StepExecution> lanes) {
		ActiveRun run = this.runs.of(manager.getJobExecution());
		List<FutureTask<StepExecution>> started = new ArrayList<>();
		for (StepExecution execution : lanes) {
			FutureTask<StepExecution> work = new FutureTask<>(() -> work(run, execution), execution);
			try {
				this.threads.execute(work);
				started.add(work);
			}
			catch (Throwable thrown) {
				// also if no more threads can be created
				fail(run, execution, thrown);
			}
		}
		started.forEach((work) -> join(run.ending(), work));
		if (Thread.interrupted()) {
			run.ending().abortInterrupted();
		}
		return lanes;
	}

	private void work(ActiveRun run, StepExecution execution) {
		try {
			this.lane.execute(execution);
		}
		catch (Throwable thrown) {
			fail(run, execution, thrown);
		}
	}

	private static void fail(ActiveRun run, StepExecution execution, Throwable thrown) {
		String reason = "Link '%s': %s could not be run: %s".formatted(run.link().name(), execution.getStepName(),
				Messages.of(thrown));
		run.ending().abort(reason);
		execution.setStatus(BatchStatus.FAILED);
		execution.setExitStatus(ExitStatus.FAILED.addExitDescription(reason));
		execution.addFailureException(thrown);
	}

	/**
	 * Waits for a lane. An interrupt aborts the run at the next batch of its lanes. It is
	 * not passed on, because an interrupted thread could not store the end of the run.
	 */
	private static void join(RunEnding ending, FutureTask<StepExecution> work) {
		while (!work.isDone()) {
			try {
				work.get();
			}
			catch (InterruptedException ex) {
				ending.abortInterrupted();
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
