package io.deltasync.run.job;

import io.deltasync.event.Outcome;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * The only step of an event that sets the window for a user. The new window is one of the
 * event's parameters and takes effect because the event is successful.
 */
class SetTasklet implements Tasklet {

	private final ActiveRuns runs;

	SetTasklet(ActiveRuns runs) {
		this.runs = runs;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		ActiveRun run = this.runs.of(contribution.getStepExecution().getJobExecution());
		run.lease().checkLocally();
		run.decide(new Verdict(Outcome.COMPLETED, ""));
		return RepeatStatus.FINISHED;
	}

}
