package io.deltasync.run.plan;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.Steps;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Strategy;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * DELAY: waits, plans again, and repeats this while the answer is DELAY. The end of the
 * wait is stored, so a restart waits only for the rest. All rounds are one step
 * execution.
 */
public class DelayTasklet implements Tasklet {

	private final ActiveRuns runs;

	private final Planner planner;

	public DelayTasklet(ActiveRuns runs, Planner planner) {
		this.runs = runs;
		this.planner = planner;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		ActiveRun run = this.runs.of(contribution.getStepExecution().getJobExecution());
		long event = contribution.getStepExecution().getJobExecution().getJobInstance().getId();
		Steps.abortOnError(run, contribution, () -> {
			Plan plan = run.plan();
			if (this.planner.awaitTurn(run, plan)) {
				Steps.connected(run, () -> this.planner.next(run, event, plan));
			}
		});
		Plan plan = run.plan();
		boolean again = !run.ending().mustEnd() && plan.strategy() == Strategy.DELAY && plan.nextOrdinal() == 0;
		return again ? RepeatStatus.CONTINUABLE : RepeatStatus.FINISHED;
	}

}
