package io.deltasync.run.job;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForCompletion;
import io.deltasync.event.Outcome;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.EventWarnings;
import io.deltasync.run.LinkContexts;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.Steps;
import io.deltasync.run.Verdict;
import io.deltasync.run.retry.Instances;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopeProgress;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Tells a target that asks for it that everything was delivered, if the run would be
 * successful now. If the target fails, so does the run.
 */
class CompletionTasklet implements Tasklet {

	private final ActiveRuns runs;

	private final Plans plans;

	private final ScopeProgress progress;

	private final EventWarnings warnings;

	private final RunTransactions transactions;

	CompletionTasklet(ActiveRuns runs, Plans plans, ScopeProgress progress, EventWarnings warnings,
			RunTransactions transactions) {
		this.runs = runs;
		this.plans = plans;
		this.progress = progress;
		this.warnings = warnings;
		this.transactions = transactions;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		JobExecution execution = contribution.getStepExecution().getJobExecution();
		ActiveRun run = this.runs.of(execution);
		long event = execution.getJobInstanceId();
		Plan plan = this.transactions.call(() -> this.plans.find(event));
		Verdict verdict = Verdict.of(run.ending().reasons(), plan, this.progress.find(event));
		if (verdict.outcome() == Outcome.COMPLETED && !run.isTesting()) {
			Steps.abortOnError(run, contribution, () -> complete(run, event));
		}
		return RepeatStatus.FINISHED;
	}

	private void complete(ActiveRun run, long event) throws Exception {
		LinkContext context = LinkContexts.ofDelivery(run);
		RunContext call = run.targetContext();
		call.<@Nullable Void>call(() -> run.retries()
			.<@Nullable Void>call("completeRun",
					() -> Instances.<TargetAdapter, @Nullable Void>use(run.link().newTarget(), (target) -> {
						((TargetAdapterForCompletion) target).completeRun(context);
						return null;
					})));
		this.warnings.add(run.lease(), event, call.warnings());
	}

}
