package io.deltasync.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.event.Formats;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Failure;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.view.NextStep;
import io.deltasync.event.view.VerificationWords;
import io.deltasync.scope.Plan;
import io.deltasync.scope.PlanAnswer;
import io.deltasync.scope.RecordCounts;
import io.deltasync.verified.VerifyResult;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a Sync Event says about it.
 *
 * @param event the event
 * @param newest the newest event of the same Link, which may be this one
 * @param delayedUntil until when the run waits; null if it does not wait
 * @param plan the state of its planning; {@link Plan#NONE} if it is no longer stored
 * @param answers the answers of its source while it planned, the newest first
 * @param configured whether its Link is configured here
 * @param now the current time
 */
public record EventView(SyncEvent event, SyncEvent newest, @Nullable Instant delayedUntil, Plan plan,
		List<PlanAnswer> answers, boolean configured, Instant now) {

	/**
	 * Returns the verdict with its reason.
	 * @return one sentence
	 */
	public String verdict() {
		return switch (this.event.status()) {
			case PLANNING -> "Running: the source is being asked how to fetch";
			case DELAYED -> "Waiting until %s, because the source asked for it; then planning continues"
				.formatted(Formats.time(this.delayedUntil));
			case FETCHING -> (this.event.mode() == Mode.VERIFY) ? "Running: records are being fetched and compared"
					: "Running: records are being fetched and delivered";
			case COMPLETED -> this.event.success() ? success() : "Completed, not successful: " + whyNot();
			case ABORTED -> "Aborted: " + firstError("the run could not continue");
			case STOPPED -> "Stopped: " + firstError("a person or a signal stopped the run");
			case CRASHED -> "Crashed: " + firstError("the process of the run died");
		};
	}

	private String success() {
		if (this.event.mode() == Mode.SET) {
			return (this.event.windowStart() != null) ? "The window was set: it starts at " + this.event.windowStart()
					: "The window was set: everything is fetched";
		}
		if (this.event.verification() != null) {
			return "Successful: " + VerificationWords.records(this.event.verification());
		}
		RecordCounts records = this.event.records();
		if (records.fetched() + this.event.deleted() == 0) {
			return "Successful: there was nothing to do";
		}
		List<String> parts = new ArrayList<>();
		parts.add("%s of %s fetched records %s written".formatted(Formats.number(records.written()),
				Formats.number(records.fetched()), this.event.testing() ? "would have been" : "were"));
		if (this.event.deleted() > 0) {
			parts.add(Formats.records(this.event.deleted()) + " deleted");
		}
		if (records.acknowledged() > 0) {
			parts.add(Formats.number(records.acknowledged()) + " failed, but are acknowledged");
		}
		return "Successful: " + String.join(", ", parts);
	}

	private String whyNot() {
		List<String> parts = new ArrayList<>();
		long failing = this.event.records().failing();
		if (failing > 0) {
			parts.add(Formats.records(failing) + " failed");
		}
		long scopes = this.event.scopes().failed();
		if (scopes > 0) {
			parts.add(Formats.number(scopes) + ((scopes == 1) ? " scope failed" : " scopes failed"));
		}
		return parts.isEmpty() ? firstError("not everything was delivered") : String.join(" and ", parts);
	}

	private String firstError(String otherwise) {
		return this.event.errors()
			.stream()
			.filter((failure) -> failure.level() == Failure.Level.SYSTEM)
			.map(this::error)
			.findFirst()
			.orElse(otherwise);
	}

	/**
	 * Returns the name of the state in the style sheet.
	 * @return the name
	 */
	public String css() {
		return this.event.success() ? "ok" : switch (this.event.status()) {
			case PLANNING, FETCHING -> "running";
			case DELAYED -> "waiting";
			case STOPPED -> "stopped";
			default -> "failed";
		};
	}

	/**
	 * Returns a character that shows the state without colour.
	 * @return the icon
	 */
	public String icon() {
		return switch (css()) {
			case "ok" -> "✔";
			case "running" -> "▶";
			case "waiting" -> "◷";
			case "stopped" -> "■";
			default -> "✖";
		};
	}

	/**
	 * Whether the run is in progress.
	 * @return false once it has ended
	 */
	public boolean running() {
		return !this.event.status().ended();
	}

	/**
	 * Returns what an operator does next.
	 * @return a sentence, or null
	 */
	public @Nullable String next() {
		return NextStep.of(this.event, this.newest);
	}

	/**
	 * Whether the run can be restarted.
	 * @return true for the newest run if it was not successful
	 */
	public boolean restartable() {
		return canContinue() && this.newest.id() == this.event.id() && (this.event.mode() != Mode.VERIFY
				|| this.event.status() != Status.COMPLETED || this.event.scopes().failed() > 0);
	}

	/**
	 * Whether the run can be replayed.
	 * @return true if some of it failed, and no later run has repeated it
	 */
	public boolean replayable() {
		return canContinue() && this.event.mode() != Mode.VERIFY
				&& (this.event.records().failed() > 0 || this.event.scopes().failed() > 0)
				&& NextStep.isNeeded(this.event, this.newest);
	}

	private boolean canContinue() {
		return this.configured && !running() && !this.event.success() && !this.event.testing()
				&& this.event.mode() != Mode.SET;
	}

	/**
	 * Returns the result of a verification in words.
	 * @return the result, or null
	 */
	public @Nullable String result() {
		return (this.event.verification() != null) ? VerificationWords.result(this.event.verification()) : null;
	}

	/**
	 * Describes the records that a verification has compared.
	 * @return their counts; empty for all other runs
	 */
	public String compared() {
		return (this.event.verification() != null) ? VerificationWords.records(this.event.verification()) : "";
	}

	/**
	 * Describes the rows that a verification has counted.
	 * @return their counts, or null
	 */
	public @Nullable String targetRows() {
		return (this.event.verification() != null) ? VerificationWords.rows(this.event.verification()) : null;
	}

	/**
	 * Whether a verification has found differences that can be repaired.
	 * @return true if the target was not in step
	 */
	public boolean repairable() {
		return this.event.verification() != null && this.event.verification().result() == VerifyResult.NOT_IN_STEP;
	}

	/**
	 * Describes the window.
	 * @return its start and end, and why it starts there
	 */
	public String window() {
		Instant start = this.event.windowStart();
		String why = switch (this.event.mode()) {
			case FULL -> " (full run)";
			case DELTA -> (start != null) ? "" : " (there was no successful run before)";
			case VERIFY -> " (verification)";
			default -> "";
		};
		return "%s up to %s%s".formatted((start != null) ? "changes from " + start : "everything",
				this.event.runTimestamp(), why);
	}

	/**
	 * Returns how many records were fetched but have no outcome yet.
	 * @return the number; 0 once the run has ended
	 */
	public long pending() {
		RecordCounts records = this.event.records();
		return Math.max(0,
				records.fetched() - records.written() - records.failed() - records.ignored() - records.dropped());
	}

	/**
	 * Returns how long the run has worked.
	 * @return the duration of its attempts, up to now while it runs
	 */
	public String worked() {
		return Formats.duration(workedFor());
	}

	private Duration workedFor() {
		Duration worked = Formats.worked(this.event);
		SyncEvent.Attempt last = this.event.attempts().get(this.event.attempts().size() - 1);
		if (running() && last.startedAt() != null && last.endedAt() == null) {
			worked = worked.plus(Duration.between(last.startedAt(), this.now));
		}
		return worked.isNegative() ? Duration.ZERO : worked;
	}

	/**
	 * Returns the average rate.
	 * @return records per second, rounded; null if nothing was fetched
	 */
	public @Nullable Long rate() {
		long fetched = this.event.records().fetched();
		return (fetched > 0) ? Math.round(fetched * 1000.0 / Math.max(1, workedFor().toMillis())) : null;
	}

	/**
	 * Returns how long the rest of the run takes at the average rate.
	 * @return the duration; null if the run does not fetch or its total is unknown
	 */
	public @Nullable String remaining() {
		Long expected = this.event.expectedTotalRecords();
		long fetched = this.event.records().fetched();
		if (this.event.status() != Status.FETCHING || expected == null || fetched == 0 || fetched >= expected) {
			return null;
		}
		long millis = (long) (workedFor().toMillis() * (double) (expected - fetched) / fetched);
		return Formats.duration(Duration.ofMillis(millis));
	}

	/**
	 * Returns the message of an error without the name of the Link, which the page shows
	 * already.
	 * @param failure the error
	 * @return what failed, and why
	 */
	public String error(Failure failure) {
		String heading = "Link '%s': ".formatted(this.event.link());
		String message = failure.message().startsWith(heading) ? failure.message().substring(heading.length())
				: failure.message();
		return switch (failure.level()) {
			case SYSTEM -> message;
			case SCOPE -> "scope %s: %s".formatted(failure.scope(), message);
			case RECORD ->
				"record %s: %s".formatted((failure.key() != null) ? failure.key() : "without a key", message);
		};
	}

}
