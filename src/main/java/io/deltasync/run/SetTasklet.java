package io.deltasync.run;

import io.deltasync.event.Outcome;
import io.deltasync.event.RunSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * The only step of an event by which a person sets the window. What it is set to is one
 * of the event's parameters, and counts because the event is successful.
 */
class SetTasklet implements Tasklet {

	private final LiveRuns runs;

	private final Stores stores;

	SetTasklet(LiveRuns runs, Stores stores) {
		this.runs = runs;
		this.stores = stores;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		JobExecution execution = contribution.getStepExecution().getJobExecution();
		LiveRun run = this.runs.of(execution);
		run.lease().check();
		RunSummary nothing = this.stores.transaction()
			.execute((status) -> RunSummary.of(execution.getJobInstanceId(), this.stores.plans(), this.stores.pages(),
					null));
		execution.getExecutionContext().putString(RunSummary.KEY, nothing.toJson());
		run.decide(new Verdict(Outcome.COMPLETED, ""));
		return RepeatStatus.FINISHED;
	}

}
