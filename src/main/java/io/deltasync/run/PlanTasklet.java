package io.deltasync.run;

import java.util.Set;

import io.deltasync.link.Link;
import io.deltasync.scope.Plan;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Checks the target and asks the source how to fetch. A restart asks nothing twice: it
 * puts what failed or was begun back in line, and goes on from there. Only what lives in
 * the instance that planned it, or has no stable positions, is planned anew.
 */
class PlanTasklet implements Tasklet {

	/** Strategies of which a restart can keep nothing, unless they reached their end. */
	private static final Set<String> PLANNED_ANEW = Set.of("IMMEDIATE", "LOCATOR");

	private final LiveRuns runs;

	private final Link link;

	private final Stores stores;

	private final Planner planner;

	PlanTasklet(LiveRuns runs, Link link, Stores stores, Planner planner) {
		this.runs = runs;
		this.link = link;
		this.stores = stores;
		this.planner = planner;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		LiveRun run = this.runs.of(contribution.getStepExecution().getJobExecution());
		long event = contribution.getStepExecution().getJobExecution().getJobInstance().getId();
		Steps.abortOnError(run, contribution, () -> {
			// the target's first call: if it is not there, nothing is asked of the source
			run.limitBatchSize(this.link.newTarget().getBatchSizeLimit(run.context()));
			Plan plan = this.stores.plan(event);
			if (plan.round() > 0) {
				plan = takeUp(event, plan);
			}
			run.expect(plan.expectedTotalRecords());
			if (plan.round() == 0) {
				this.planner.next(run, event, plan);
			}
		});
		return RepeatStatus.FINISHED;
	}

	private Plan takeUp(long event, Plan plan) {
		return this.stores.transaction().execute((status) -> {
			boolean anew = PLANNED_ANEW.contains(plan.strategy()) && !this.stores.pages().isFirstScopeDone(event);
			if (anew) {
				this.stores.pages().clear(event);
				this.stores.rejects().fetchedAgain(this.link.name(), event);
				this.stores.plans().save(event, Plan.NONE);
				return Plan.NONE;
			}
			this.stores.pages()
				.release(event)
				.forEach((ordinal) -> this.stores.rejects().fetchedAgain(this.link.name(), event, ordinal));
			Plan requeued = this.stores.pages()
				.requeueFailed(event, plan,
						(ordinal) -> this.stores.rejects().fetchedAgain(this.link.name(), event, ordinal));
			this.stores.plans().save(event, requeued);
			return requeued;
		});
	}

}
