package io.deltasync.run.job;

import java.util.List;

import io.deltasync.event.FailedRecords;
import io.deltasync.event.Outcome;
import io.deltasync.event.RecordLog;
import io.deltasync.event.RunSummaries;
import io.deltasync.event.RunSummary;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.Verdict;
import io.deltasync.run.deliver.GoneRecords;
import io.deltasync.run.deliver.RecordLogWriter;
import io.deltasync.run.verify.Findings;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.Progress;
import io.deltasync.scope.ScopeProgress;
import io.deltasync.scope.Warnings;
import io.deltasync.verified.Verification;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * The last step of every run: adds up the stored counts and decides the outcome. It puts
 * the summary into the job's execution context, which Spring Batch stores before the
 * status of the job, so a window never moves without its cursor.
 */
class VerdictTasklet implements Tasklet {

	private final ActiveRuns runs;

	private final Plans plans;

	private final ScopeProgress progress;

	private final Warnings warnings;

	private final RunSummaries summaries;

	private final Rejects rejects;

	private final RecordLog log;

	private final FailedRecords failed;

	private final RunTransactions transactions;

	private final GoneRecords gone;

	private final Findings findings;

	VerdictTasklet(ActiveRuns runs, Plans plans, ScopeProgress progress, Warnings warnings, RunSummaries summaries,
			Rejects rejects, RecordLog log, FailedRecords failed, RunTransactions transactions, GoneRecords gone,
			Findings findings) {
		this.runs = runs;
		this.plans = plans;
		this.progress = progress;
		this.warnings = warnings;
		this.summaries = summaries;
		this.rejects = rejects;
		this.log = log;
		this.failed = failed;
		this.transactions = transactions;
		this.gone = gone;
		this.findings = findings;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		JobExecution execution = contribution.getStepExecution().getJobExecution();
		long event = execution.getJobInstance().getId();
		ActiveRun run = this.runs.of(execution);
		Plan plan = this.plans.find(event);
		Progress progress = this.progress.find(event);
		run.lease().checkLocally();
		run.ending().addStepFailures(execution);
		Verdict verdict = Verdict.of(run.ending().reasons(), plan, progress);
		Verification found = run.parameters().isVerification() ? found(run, event, progress, verdict) : null;
		if (found != null && Findings.objection(run, found) != null) {
			verdict = Verdict.of(run.ending().reasons(), plan, progress);
		}
		if (run.hasWaitingRejects() && isReadToItsEnd(run, verdict, progress)) {
			this.gone.close(run, event);
		}
		this.transactions.holding(run.lease(), () -> {
			this.failed.keep(run.link().name(), event, this.rejects);
			String missing = RecordLogWriter.missing(run.link().logging(), run.counters().logRoom(), progress, this.log,
					event);
			this.warnings.add(event, (missing != null) ? List.of(missing) : List.of());
		});
		String cursor = (verdict.outcome() == Outcome.COMPLETED) ? cursorAfter(run, event, plan) : null;
		RunSummary summary = this.summaries.of(event, cursor);
		execution.getExecutionContext()
			.putString(RunSummary.KEY, ((found != null) ? summary.with(found) : summary).toJson());
		run.ending().decide(verdict);
		contribution.setExitStatus(new ExitStatus(verdict.outcome().name(), verdict.message()));
		return RepeatStatus.FINISHED;
	}

	/**
	 * Returns what a verification has found, and stores it; null if it did not come to
	 * its end.
	 */
	private @Nullable Verification found(ActiveRun run, long event, Progress progress, Verdict verdict) {
		if (!isComplete(verdict)) {
			return null;
		}
		Verification found = this.transactions.call(() -> this.findings.of(run, event, progress));
		this.transactions.holding(run.lease(), () -> this.findings.store(run, event, found));
		String objection = Findings.objection(run, found);
		if (objection != null) {
			run.ending().addObjection(objection);
		}
		return found;
	}

	private static boolean isComplete(Verdict verdict) {
		return verdict.outcome() == Outcome.COMPLETED || verdict.outcome() == Outcome.COMPLETED_WITH_FAILURES;
	}

	/**
	 * Whether the run has read every record in its window. Returns false for a replay,
	 * which fetches parts of another run's window, for pushed requests, which are not
	 * read again, and for a run with an objection, which may have missed records.
	 */
	private static boolean isReadToItsEnd(ActiveRun run, Verdict verdict, Progress progress) {
		return isComplete(verdict) && !run.parameters().isVerification() && !run.link().takesPushes()
				&& !run.parameters().isReplay() && !run.isTesting() && !run.ending().hasObjection()
				&& progress.scopes().failed() == 0 && progress.records().addUp();
	}

	/**
	 * Returns the cursor to store. A run that sets no cursor keeps the last one; a replay
	 * and a verification return null, because they move none.
	 */
	private @Nullable String cursorAfter(ActiveRun run, long event, Plan plan) {
		if (run.parameters().isReplay() || run.parameters().isVerification()) {
			return null;
		}
		String fetched = this.progress.cursor(event);
		if (fetched != null) {
			return fetched;
		}
		return (plan.cursor() != null) ? plan.cursor() : run.parameters().lastSuccess().cursor();
	}

}
