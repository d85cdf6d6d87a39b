package io.deltasync.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.deltasync.event.Formats;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Failure;
import io.deltasync.event.view.NextStep;
import io.deltasync.event.view.VerificationWords;
import io.deltasync.scope.RecordCounts;
import io.deltasync.verified.Verification;
import org.jspecify.annotations.Nullable;

/**
 * Formats a Sync Event for people: the outcome of the run, and what to do next.
 */
public final class EventText {

	/** Further errors are shown only with {@code --json}. */
	private static final int MOST_ERRORS = 10;

	/** Further reasons are shown only with {@code --json}. */
	private static final int MOST_REASONS = 10;

	private EventText() {
	}

	/**
	 * Formats an event.
	 * @param event the event
	 * @param newest the newest event of the same Link, which may be this one
	 * @param delayedUntil the time until which its run waits; null if it does not wait
	 * @return several lines
	 */
	public static String of(SyncEvent event, SyncEvent newest, @Nullable Instant delayedUntil) {
		if (event.mode() == Mode.SET && event.success()) {
			return new KeyValueText("Link '%s': the window was set (event %d)".formatted(event.link(), event.id()))
				.add("Window", "from %s on, until a later run is successful".formatted(event.windowStart()))
				.add("Cursor",
						(event.cursorBefore() != null) ? event.cursorBefore() + " -> "
								+ Objects.requireNonNullElse(event.cursorAfter(), "none") : null)
				.addAll("Warnings", event.warnings())
				.toString();
		}
		Verification found = event.verification();
		return new KeyValueText("Link '%s': %s (event %d)".formatted(event.link(), headline(event), event.id()))
			.add("Replay of", (event.replayOf() != null) ? "event " + event.replayOf() : null)
			.add("Testing",
					event.testing() ? "the target was not changed; window and cursor stay where they were" : null)
			.add("Window", window(event))
			.add("Cursor", cursor(event))
			.add("Strategy", event.strategy())
			.add("Waits",
					(delayedUntil != null) ? "until %s, as the source adapter asked; then planning continues"
						.formatted(Formats.time(delayedUntil)) : null)
			.add("Expected",
					(event.expectedTotalRecords() != null) ? Formats.records(event.expectedTotalRecords()) : null)
			.add("Scopes", scopes(event))
			.add("Result", (found != null) ? VerificationWords.result(found) : null)
			.add("Records", (found != null) ? VerificationWords.records(found) : records(event))
			.add("Target rows", (found != null) ? VerificationWords.rows(found) : null)
			.add("Deleted", deleted(event))
			.addAll("Ignored", ignored(event))
			.add("Took", took(event))
			.addAll("Warnings", event.warnings())
			.addAll("Errors", errors(event))
			.add("Next", NextStep.of(event, newest))
			.toString();
	}

	private static String headline(SyncEvent event) {
		Verification found = event.verification();
		if (found != null && found.result() != null && event.status() == SyncEvent.Status.COMPLETED) {
			return found.result().words();
		}
		return (event.success() && event.records().fetched() + event.deleted() == 0)
				? Formats.status(event) + ", nothing to do" : Formats.status(event);
	}

	private static String window(SyncEvent event) {
		Instant start = event.windowStart();
		String from = (start != null) ? Formats.time(start) : "everything";
		String why = switch (event.mode()) {
			case FULL -> " (full run)";
			case DELTA -> (start != null) ? "" : " (there is no successful run yet)";
			default -> " (" + event.mode().name().toLowerCase(Locale.ROOT) + ")";
		};
		return "%s to %s%s".formatted(from, Formats.time(event.runTimestamp()), why);
	}

	private static @Nullable String cursor(SyncEvent event) {
		if (event.cursorBefore() == null && event.cursorAfter() == null) {
			return null;
		}
		return "%s -> %s".formatted((event.cursorBefore() != null) ? event.cursorBefore() : "none",
				(event.cursorAfter() != null) ? event.cursorAfter() : "unchanged");
	}

	private static @Nullable String scopes(SyncEvent event) {
		if (event.scopes().total() == 0) {
			return null;
		}
		String failed = (event.scopes().failed() > 0) ? ", %s failed".formatted(Formats.number(event.scopes().failed()))
				: "";
		return "%s of %s done%s".formatted(Formats.number(event.scopes().done()),
				Formats.number(event.scopes().total()), failed);
	}

	private static String records(SyncEvent event) {
		RecordCounts records = event.records();
		List<String> counts = new ArrayList<>();
		counts.add(Formats.number(records.fetched()) + " fetched");
		counts.add(Formats.number(records.written()) + (event.testing() ? " would be written" : " written")
				+ brackets(records.created(), "new"));
		counts.add(Formats.number(records.failed()) + " failed" + brackets(records.acknowledged(), "acknowledged"));
		addIfAny(counts, records.ignored(), "ignored");
		addIfAny(counts, records.dropped(), "dropped");
		addIfAny(counts, records.warned(), "with a warning");
		return String.join(", ", counts);
	}

	private static @Nullable String deleted(SyncEvent event) {
		return (event.deleted() > 0) ? Formats.number(event.deleted()) + " records that the source no longer has"
				: null;
	}

	private static String brackets(long count, String what) {
		return (count > 0) ? " (%s %s)".formatted(Formats.number(count), what) : "";
	}

	private static List<String> ignored(SyncEvent event) {
		List<String> reasons = new ArrayList<>();
		event.ignoredReasons()
			.stream()
			.limit(MOST_REASONS)
			.forEach((reason) -> reasons.add("%s: %s".formatted(Formats.number(reason.records()), reason.reason())));
		if (event.ignoredReasons().size() > MOST_REASONS) {
			reasons.add("and more: event %d --json".formatted(event.id()));
		}
		return reasons;
	}

	private static void addIfAny(List<String> counts, long count, String what) {
		if (count > 0) {
			counts.add(Formats.number(count) + " " + what);
		}
	}

	private static @Nullable String took(SyncEvent event) {
		if (event.startedAt() == null || event.endedAt() == null) {
			return null;
		}
		Duration took = Formats.worked(event);
		long fetched = event.records().fetched();
		if (fetched == 0 || took.isZero() || took.isNegative()) {
			return Formats.took(event);
		}
		return "%s, %s records/s".formatted(Formats.took(event),
				Formats.number(Math.round(fetched * 1000.0 / Math.max(1, took.toMillis()))));
	}

	private static List<String> errors(SyncEvent event) {
		List<String> errors = new ArrayList<>();
		String heading = "Link '%s': ".formatted(event.link());
		event.errors()
			.stream()
			.limit(MOST_ERRORS)
			.map((failure) -> error(failure, withoutHeading(failure.message(), heading)))
			.forEach(errors::add);
		if (event.errors().size() > MOST_ERRORS) {
			errors.add("and more: event %d --json".formatted(event.id()));
		}
		return errors;
	}

	private static String withoutHeading(String message, String heading) {
		return message.startsWith(heading) ? message.substring(heading.length()) : message;
	}

	private static String error(Failure failure, String message) {
		return switch (failure.level()) {
			case SYSTEM -> message;
			case SCOPE -> "scope %s: %s".formatted(failure.scope(), message);
			case RECORD ->
				"record %s: %s".formatted((failure.key() != null) ? failure.key() : "without a key", message);
		};
	}

}
