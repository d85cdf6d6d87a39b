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
 * What a run comes to: the one place that decides success (DESIGN 2.1.3, 2.4.6). It adds
 * up what is stored, whatever Spring Batch says.
 *
 * @param outcome how the run ended
 * @param message why, in words an operator understands; empty after a success
 */
public record Verdict(Outcome outcome, String message) {

	/**
	 * Of a run that ends because another has taken its Link, whatever it had come to.
	 * @param lost says so
	 * @return the verdict, which only this process hears
	 */
	public static Verdict lost(LeaseLostException lost) {
		return new Verdict(Outcome.ABORTED, Messages.of(lost));
	}

	/**
	 * Gives a job execution the status and the exit code that say it.
	 * @param execution the execution, which is yet to be stored
	 */
	public void applyTo(JobExecution execution) {
		execution.setStatus(this.outcome.batchStatus());
		execution.setExitStatus(new ExitStatus(this.outcome.name(), this.message));
	}

	/**
	 * Takes note of what else is wrong with a run that went on to its end.
	 * @param objection what it is, or null
	 * @return the verdict with it
	 */
	public Verdict with(@Nullable String objection) {
		if (objection == null
				|| (this.outcome != Outcome.COMPLETED && this.outcome != Outcome.COMPLETED_WITH_FAILURES)) {
			return this;
		}
		return new Verdict(Outcome.COMPLETED_WITH_FAILURES,
				this.message.isEmpty() ? objection : this.message + "; " + objection);
	}

	/**
	 * Says why a run did not go on to its end that nobody had aborted.
	 * @param reason what is known of it, or null
	 * @return the verdict with it
	 */
	public Verdict because(@Nullable String reason) {
		return (reason != null && this.outcome == Outcome.ABORTED)
				? new Verdict(this.outcome, this.message + ": " + reason) : this;
	}

	/**
	 * Decides.
	 * @param abort why the run could not go on, or null
	 * @param stopRequested whether somebody asked it to stop
	 * @param plan how far planning came
	 * @param progress how far the lanes came
	 * @param left what the run had to end before, though everything was fetched; or null
	 * @return the verdict
	 */
	public static Verdict of(@Nullable String abort, boolean stopRequested, Plan plan, Progress progress,
			@Nullable String left) {
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
		if (left != null) {
			return new Verdict(Outcome.STOPPED, "stopped on request before " + left);
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
