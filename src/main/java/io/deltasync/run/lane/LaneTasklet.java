package io.deltasync.run.lane;

import java.util.function.Function;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.Steps;
import io.deltasync.run.plan.Planner;
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

	private final LaneFactory lanes;

	private final Planner planner;

	/**
	 * Creates the tasklet.
	 * @param runs finds the run of a step
	 * @param lanes sets up lanes
	 * @param planner makes the planning calls
	 */
	public LaneTasklet(Function<StepExecution, ActiveRun> runs, LaneFactory lanes, Planner planner) {
		this.runs = runs;
		this.lanes = lanes;
		this.planner = planner;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		StepExecution step = contribution.getStepExecution();
		long event = step.getJobExecution().getJobInstance().getId();
		ActiveRun run = this.runs.apply(step);
		Steps.abortOnError(run, contribution, () -> run.waits().<@Nullable Void>reading(() -> {
			if (step.getStepName().endsWith(":" + LanePartitioner.PLANNER)) {
				this.planner.planAll(run, event);
			}
			else {
				Steps.connected(run, () -> fetch(run, step));
			}
			return null;
		}));
		return RepeatStatus.FINISHED;
	}

	private void fetch(ActiveRun run, StepExecution step) throws Exception {
		RecordCounts delivered = this.lanes.work(run, run.rejecting(step.getJobExecution()), step.getStepName());
		step.setReadCount(step.getReadCount() + delivered.fetched());
		step.setWriteCount(step.getWriteCount() + delivered.written());
		step.setFilterCount(step.getFilterCount() + delivered.ignored() + delivered.dropped());
		step.setWriteSkipCount(step.getWriteSkipCount() + delivered.failed());
	}

}
