package io.deltasync.run;

import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * A lane as a step, named like the step: alone for IMMEDIATE, one of the partitions
 * otherwise.
 */
class LaneTasklet implements Tasklet {

	private final LiveRuns runs;

	private final Stores stores;

	LaneTasklet(LiveRuns runs, Stores stores) {
		this.runs = runs;
		this.stores = stores;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		StepExecution step = contribution.getStepExecution();
		LiveRun run = this.runs.get(step.getJobExecution().getJobInstance().getJobName());
		Steps.abortOnError(run, contribution, () -> {
			Lane lane = new Lane(run, step.getJobExecution().getJobInstance().getId(), step.getStepName(), this.stores);
			RecordCounts delivered = lane.work();
			step.setReadCount(step.getReadCount() + delivered.fetched());
			step.setWriteCount(step.getWriteCount() + delivered.written());
			step.setFilterCount(step.getFilterCount() + delivered.ignored() + delivered.dropped());
			step.setWriteSkipCount(step.getWriteSkipCount() + delivered.failed());
		});
		return RepeatStatus.FINISHED;
	}

}
