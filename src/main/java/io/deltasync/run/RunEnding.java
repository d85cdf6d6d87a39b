package io.deltasync.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.deltasync.event.Outcome;
import io.deltasync.lease.Lease;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.RunEndsException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;

/**
 * The end of a run in this process: whether it must end now, the only list of reasons why
 * it is not successful, and its verdict. Thread-safe.
 */
public final class RunEnding {

	private final String link;

	private final Lease lease;

	private final Waits waits;

	private final List<Reason> reasons = new CopyOnWriteArrayList<>();

	private volatile @Nullable Verdict decided;

	RunEnding(String link, Lease lease, Waits waits) {
		this.link = link;
		this.lease = lease;
		this.waits = waits;
	}

	/**
	 * Aborts the run: its lanes end with their current batch. Only the first reason is
	 * reported.
	 * @param reason why the run cannot continue
	 */
	public void abort(String reason) {
		if (abortReason() == null) {
			this.reasons.add(new Reason(Reason.Kind.ABORTED, reason));
		}
		this.waits.end();
	}

	/** Aborts the run because one of its threads was interrupted. */
	public void abortInterrupted() {
		abort("Link '%s': a thread of the run was interrupted".formatted(this.link));
	}

	/**
	 * Marks the run as unsuccessful although it runs to its end without a failed scope or
	 * record.
	 * @param reason what is wrong and what to do
	 */
	public void addObjection(String reason) {
		this.reasons.add(new Reason(Reason.Kind.OBJECTION, reason));
	}

	/**
	 * Whether something is wrong although the run runs to its end.
	 * @return true after {@link #addObjection}
	 */
	public boolean hasObjection() {
		return Reason.first(Reason.Kind.OBJECTION, this.reasons) != null;
	}

	/**
	 * Adds work that was left when the run stopped after all scopes had been fetched.
	 * Only the last one is reported.
	 * @param work the object of "stopped on request before …"
	 */
	public void addUnfinished(String work) {
		this.reasons.add(new Reason(Reason.Kind.UNFINISHED, work));
	}

	/**
	 * Adds the errors of steps that failed outside their own work, where an error would
	 * have aborted the run: while their state, or that of their lanes, was stored. Only
	 * the last one is reported, which is the outer one: an error in a lane also fails the
	 * step that the lane belongs to.
	 * @param execution the run's execution
	 */
	public void addStepFailures(JobExecution execution) {
		execution.getStepExecutions()
			.stream()
			.filter((step) -> !step.getFailureExceptions().isEmpty())
			.forEach((step) -> this.reasons
				.add(new Reason(Reason.Kind.STEP_FAILED, "step '%s' could not be carried out: %s"
					.formatted(step.getStepName(), Messages.of(step.getFailureExceptions().get(0))))));
	}

	/**
	 * Adds the loss of the Link, which decides the verdict whatever the run had achieved.
	 * @param lost describes the loss
	 */
	public void addLoss(LeaseLostException lost) {
		this.reasons.add(new Reason(Reason.Kind.LINK_LOST, Messages.of(lost)));
	}

	/**
	 * Returns all reasons so far.
	 * @return the reasons, in the order in which they were added; a stop request is one
	 */
	public List<Reason> reasons() {
		return this.lease.isStopRequested() ? Stream.concat(this.reasons.stream(), Stream.of(Reason.STOP)).toList()
				: List.copyOf(this.reasons);
	}

	/**
	 * Returns why the run was aborted.
	 * @return the first reason, or null if the run was not aborted
	 */
	public @Nullable String abortReason() {
		return Reason.first(Reason.Kind.ABORTED, this.reasons);
	}

	/**
	 * Whether the run must not start more work. Checked at the end of each batch.
	 * @return true after an abort or a stop request
	 */
	public boolean mustEnd() {
		return abortReason() != null || this.lease.isStopRequested();
	}

	/**
	 * Whether a read was interrupted because the run must end: a failure then does not
	 * point to the source.
	 */
	public boolean isBrokenOff() {
		return mustEnd() && this.waits.wereEnded();
	}

	/**
	 * Checks that the run may call an adapter again.
	 * @throws RunEndsException after an abort or a stop request
	 * @throws LeaseLostException if the run no longer holds the Link
	 */
	void checkContinues() {
		this.lease.checkLocally();
		if (mustEnd()) {
			throw new RunEndsException();
		}
	}

	/** Sets the verdict of a run that has reached its last step. */
	public void decide(Verdict verdict) {
		this.decided = verdict;
	}

	/**
	 * Returns the verdict.
	 * @return the verdict: the decided one unless the Link was lost, and ABORTED if none
	 * was decided
	 */
	public Verdict verdict() {
		return Verdict.atEnd(this.link, this.decided, this.reasons);
	}

	/**
	 * Returns the outcome of the run.
	 * @return the outcome; aborted until the verdict is known
	 */
	public Outcome outcome() {
		return verdict().outcome();
	}

	/**
	 * A reason why a run is not successful.
	 *
	 * @param kind the kind of reason, which decides the outcome
	 * @param text the reason, for operators
	 */
	public record Reason(Kind kind, String text) {

		static final Reason STOP = new Reason(Kind.STOP_REQUESTED, "");

		/** Returns the text of the first reason of a kind, or null. */
		static @Nullable String first(Kind kind, List<Reason> reasons) {
			return texts(kind, reasons).findFirst().orElse(null);
		}

		/** Returns the text of the last reason of a kind, or null. */
		static @Nullable String last(Kind kind, List<Reason> reasons) {
			return texts(kind, reasons).reduce((earlier, later) -> later).orElse(null);
		}

		/** Returns the texts of the reasons of a kind, in their order. */
		static Stream<String> texts(Kind kind, List<Reason> reasons) {
			return reasons.stream().filter((reason) -> reason.kind == kind).map(Reason::text);
		}

		/** The kinds of reasons. */
		public enum Kind {

			/** Another process has acquired the Link. */
			LINK_LOST,

			/** The run could not continue. */
			ABORTED,

			/** A step failed without aborting the run. */
			STEP_FAILED,

			/** A stop was requested. */
			STOP_REQUESTED,

			/** Work was left after all scopes had been fetched. */
			UNFINISHED,

			/** The run reached its end, but something is wrong. */
			OBJECTION

		}

	}

}
