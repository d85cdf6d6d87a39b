package io.deltasync.run;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.event.Outcome;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.retry.Messages;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Progress;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;

/**
 * The outcome of a run. This is the only place that decides whether a run was successful.
 * The decision is based on the stored counts, not on the status that Spring Batch
 * reports.
 *
 * @param outcome how the run ended
 * @param message the reason, for operators; empty after a success
 */
public record Verdict(Outcome outcome, String message) {

	/**
	 * Creates the verdict of a run that has lost its Link, whatever it had achieved.
	 * @param lost describes the loss
	 * @return the verdict, which is known only to this process
	 */
	public static Verdict lost(LeaseLostException lost) {
		return new Verdict(Outcome.ABORTED, Messages.of(lost));
	}

	/**
	 * Sets the status and the exit code of a job execution.
	 * @param execution the execution, which the caller stores
	 */
	public void applyTo(JobExecution execution) {
		execution.setStatus(this.outcome.batchStatus());
		execution.setExitStatus(new ExitStatus(this.outcome.name(), this.message));
	}

	/**
	 * Adds a reason why a run that reached its end is not successful.
	 * @param failureReason the reason, or null
	 * @return the verdict with the reason
	 */
	public Verdict with(@Nullable String failureReason) {
		if (failureReason == null
				|| (this.outcome != Outcome.COMPLETED && this.outcome != Outcome.COMPLETED_WITH_FAILURES)) {
			return this;
		}
		return new Verdict(Outcome.COMPLETED_WITH_FAILURES,
				this.message.isEmpty() ? failureReason : this.message + "; " + failureReason);
	}

	/**
	 * Adds the reason why a run did not reach its end although nobody aborted it.
	 * @param reason the reason, or null if it is unknown
	 * @return the verdict with the reason
	 */
	public Verdict because(@Nullable String reason) {
		return (reason != null && this.outcome == Outcome.ABORTED)
				? new Verdict(this.outcome, this.message + ": " + reason) : this;
	}

	/**
	 * Decides the outcome of a run.
	 * @param abort why the run could not continue, or null
	 * @param stopRequested whether a stop was requested
	 * @param plan the progress of planning
	 * @param progress the progress of the lanes
	 * @param unfinished the work that was left when the run stopped after everything was
	 * fetched; or null
	 * @return the verdict
	 */
	public static Verdict of(@Nullable String abort, boolean stopRequested, Plan plan, Progress progress,
			@Nullable String unfinished) {
		if (abort != null) {
			return new Verdict(Outcome.ABORTED, abort);
		}
		ScopeCounts scopes = progress.scopes();
		RecordCounts records = progress.records();
		long passed = scopes.done() + scopes.failed();
		boolean allPassed = plan.finished() && passed == scopes.total() && scopes.total() == plan.nextOrdinal();
		if (!allPassed) {
			return stopRequested
					? new Verdict(Outcome.STOPPED,
							"stopped on request after %d of %d scopes".formatted(passed, scopes.total()))
					: new Verdict(Outcome.ABORTED,
							("planning %s finished and %d of %d scopes were fetched to their end, though nothing "
									+ "stopped the run")
								.formatted(plan.finished() ? "was" : "was not", passed, plan.nextOrdinal()));
		}
		if (unfinished != null) {
			return new Verdict(Outcome.STOPPED, "stopped on request before " + unfinished);
		}
		List<String> failures = new ArrayList<>();
		if (scopes.failed() > 0) {
			failures.add("%d of %d scopes failed".formatted(scopes.failed(), scopes.total()));
		}
		if (records.failing() > 0) {
			failures.add("%d of %d records failed".formatted(records.failing(), records.fetched()));
		}
		RecordCounts deletions = progress.deletions();
		if (deletions.failing() > 0) {
			failures.add("%d of %d deletions failed".formatted(deletions.failing(), deletions.fetched()));
		}
		if (!records.addUp() || !deletions.addUp()) {
			failures.add("the counts do not add up: %s, deletions: %s".formatted(records, deletions));
		}
		return failures.isEmpty() ? new Verdict(Outcome.COMPLETED, "")
				: new Verdict(Outcome.COMPLETED_WITH_FAILURES, String.join("; ", failures));
	}

}
