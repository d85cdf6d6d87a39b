package io.deltasync.run.lane;

import java.util.function.Function;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RunStorage;
import io.deltasync.run.Steps;
import io.deltasync.run.fetch.LocatorQueries;
import io.deltasync.run.plan.Planner;
import io.deltasync.scope.Plan;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * A lane as a step, named after the step: the only lane for IMMEDIATE and LOCATOR,
 * otherwise one of the partitions. The partition named planner plans instead of fetching.
 */
public class LaneTasklet implements Tasklet {

	private final Function<StepExecution, ActiveRun> runs;

	private final RunStorage stores;

	private final Planner planner;

	private final LocatorQueries locators;

	private final BatchMemory memory;

	public LaneTasklet(Function<StepExecution, ActiveRun> runs, RunStorage stores, Planner planner,
			LocatorQueries locators, BatchMemory memory) {
		this.runs = runs;
		this.stores = stores;
		this.planner = planner;
		this.locators = locators;
		this.memory = memory;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		StepExecution step = contribution.getStepExecution();
		long event = step.getJobExecution().getJobInstance().getId();
		ActiveRun run = this.runs.apply(step);
		Steps.abortOnError(run, contribution, () -> run.waits().<@Nullable Void>reading(() -> {
			if (step.getStepName().endsWith(":" + LanePartitioner.PLANNER)) {
				plan(run, event);
			}
			else {
				Steps.connected(run, () -> fetch(run, step));
			}
			return null;
		}));
		return RepeatStatus.FINISHED;
	}

	private void plan(ActiveRun run, long event) throws Exception {
		Plan plan = this.stores.plan(event);
		while (!plan.finished() && !run.ending().mustEnd() && this.planner.awaitTurn(run, plan)) {
			plan = this.planner.next(run, event, plan);
		}
	}

	private void fetch(ActiveRun run, StepExecution step) throws Exception {
		RecordCounts delivered = work(run, step);
		step.setReadCount(step.getReadCount() + delivered.fetched());
		step.setWriteCount(step.getWriteCount() + delivered.written());
		step.setFilterCount(step.getFilterCount() + delivered.ignored() + delivered.dropped());
		step.setWriteSkipCount(step.getWriteSkipCount() + delivered.failed());
	}

	private RecordCounts work(ActiveRun run, StepExecution step) throws Exception {
		try (BatchMemory.Share share = this.memory.open()) {
			return new Lane(run, run.rejecting(step.getJobExecution()), step.getStepName(), this.stores, this.locators,
					share)
				.work();
		}
	}

}
