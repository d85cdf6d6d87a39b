package io.deltasync.run;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.event.Outcome;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.RunEnding.Reason;
import io.deltasync.run.RunEnding.Reason.Kind;
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
 * The decision is based on the stored counts and the list of {@link RunEnding#reasons},
 * not on the status that Spring Batch reports.
 *
 * @param outcome how the run ended
 * @param message the reason, for operators; empty after a success
 */
public record Verdict(Outcome outcome, String message) {

	/** The verdict of a run that achieved everything. */
	public static final Verdict SUCCESS = new Verdict(Outcome.COMPLETED, "");

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
	 * Returns the verdict of a run that has ended.
	 * @param link the Link's name
	 * @param decided the verdict of the run's last step, or null if it did not decide
	 * @param reasons why the run is not successful
	 * @return the verdict; a loss of the Link prevails because it may have come later
	 */
	static Verdict atEnd(String link, @Nullable Verdict decided, List<Reason> reasons) {
		String lost = Reason.first(Kind.LINK_LOST, reasons);
		if (lost != null) {
			return new Verdict(Outcome.ABORTED, lost);
		}
		return (decided != null) ? decided
				: new Verdict(Outcome.ABORTED,
						"Link '%s': the run ended without a verdict; see the log for the error of the step 'verdict'"
							.formatted(link));
	}

	/**
	 * Decides the outcome of a run.
	 * @param reasons why the run is not successful, apart from its counts
	 * @param plan the progress of planning
	 * @param progress the progress of the lanes
	 * @return the verdict
	 */
	public static Verdict of(List<Reason> reasons, Plan plan, Progress progress) {
		String lost = Reason.first(Kind.LINK_LOST, reasons);
		String abort = (lost != null) ? lost : Reason.first(Kind.ABORTED, reasons);
		if (abort != null) {
			return new Verdict(Outcome.ABORTED, abort);
		}
		ScopeCounts scopes = progress.scopes();
		RecordCounts records = progress.records();
		long passed = scopes.done() + scopes.failed();
		boolean allPassed = plan.finished() && passed == scopes.total() && scopes.total() == plan.nextOrdinal();
		if (!allPassed) {
			return incomplete(reasons, plan, passed, scopes.total());
		}
		String unfinished = Reason.last(Kind.UNFINISHED, reasons);
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
		Reason.texts(Kind.OBJECTION, reasons).forEach(failures::add);
		return failures.isEmpty() ? SUCCESS : new Verdict(Outcome.COMPLETED_WITH_FAILURES, String.join("; ", failures));
	}

	private static Verdict incomplete(List<Reason> reasons, Plan plan, long passed, long total) {
		if (Reason.first(Kind.STOP_REQUESTED, reasons) != null) {
			return new Verdict(Outcome.STOPPED, "stopped on request after %d of %d scopes".formatted(passed, total));
		}
		String message = ("planning %s finished and %d of %d scopes were fetched to their end, though nothing "
				+ "stopped the run")
			.formatted(plan.finished() ? "was" : "was not", passed, plan.nextOrdinal());
		String failure = Reason.last(Kind.STEP_FAILED, reasons);
		return new Verdict(Outcome.ABORTED, (failure != null) ? message + ": " + failure : message);
	}

}
