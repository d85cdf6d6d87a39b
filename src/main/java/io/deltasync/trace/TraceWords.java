package io.deltasync.trace;

import java.util.Locale;

import io.deltasync.api.WindowPosition;
import io.deltasync.event.Formats;
import io.deltasync.run.deliver.DeliveryTrial.Passage;
import io.deltasync.trace.Trace.KnownDelivery;
import io.deltasync.trace.Trace.KnownReject;
import io.deltasync.trace.Trace.Logged;
import io.deltasync.trace.Trace.Run;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what is known of a record.
 */
public final class TraceWords {

	private TraceWords() {
	}

	/** Names a conclusion, such as "in step". */
	public static String of(Whereabouts where) {
		return word(where);
	}

	/** Describes the position relative to the window; null if that is not known. */
	public static @Nullable String of(@Nullable WindowPosition position) {
		if (position == null) {
			return null;
		}
		String value = "%s %s".formatted(position.property(), position.value());
		return switch (position.place()) {
			case EVERYTHING -> "the next run reads everything";
			case WITHIN ->
				"%s is in the next delta run's window, %s to %s".formatted(value, position.from(), position.to());
			case BEFORE ->
				"%s is before %s, where the next delta run starts, overlap included".formatted(value, position.from());
			case AFTER -> "%s is after %s, where the next delta run ends".formatted(value, position.to());
			case NO_VALUE -> "%s has no value, so no delta run reads the record".formatted(position.property());
		};
	}

	/** Describes the way through filters and mapping; null if that is not known. */
	public static @Nullable String of(@Nullable Passage way) {
		if (way == null) {
			return null;
		}
		String by = (way.filter() != null) ? " by the filter '%s'".formatted(way.filter()) : "";
		String why = (way.reason() != null) ? ": " + way.reason() : "";
		return switch (way.outcome()) {
			case WRITTEN -> "passes filters and mapping";
			case FAILED -> "fails at %s%s%s"
				.formatted((way.failedAt() != null) ? word(way.failedAt()) : "an unknown stage", by, why);
			case IGNORED -> "is ignored%s%s".formatted(by, why);
			case DROPPED -> "is dropped" + by;
			default -> throw new IllegalArgumentException("not the end of a way to the target: " + way.outcome());
		};
	}

	/** Describes a reject; null if there is none. */
	public static @Nullable String of(@Nullable KnownReject reject) {
		if (reject == null) {
			return null;
		}
		String runs = (reject.firstEvent() == reject.lastEvent()) ? "event " + reject.lastEvent()
				: "events %d to %d".formatted(reject.firstEvent(), reject.lastEvent());
		return "%d, %s, failed %s at %s (%s): %s%s".formatted(reject.id(), word(reject.state()),
				(reject.attempts() == 1) ? "once" : "in %s runs".formatted(Formats.number(reject.attempts())),
				word(reject.stage()), runs, reject.message(),
				(reject.nextTry() != null) ? "; next try " + Formats.time(reject.nextTry()) : "");
	}

	/** Describes a delivery; null if none is known. */
	public static @Nullable String of(@Nullable KnownDelivery delivery) {
		if (delivery == null) {
			return null;
		}
		String content = (delivery.content() == null) ? ""
				: delivery.content() ? ", as it is now" : ", with other values";
		return "in event %d%s".formatted(delivery.event(), content);
	}

	/** Describes a logged outcome. */
	public static String of(Logged logged) {
		return "event %d: %s%s".formatted(logged.event(), word(logged.outcome()),
				(logged.message() != null) ? ": " + logged.message() : "");
	}

	/** Describes a run; null if there is none. */
	public static @Nullable String of(@Nullable Run run) {
		if (run == null) {
			return null;
		}
		String scopes = (run.failedScopes() > 0) ? ", %s scopes failed".formatted(Formats.number(run.failedScopes()))
				: "";
		return "event %d, %s%s".formatted(run.event(), !run.status().ended() ? "running"
				: run.success() ? "successful" : word(run.status()) + ", not successful", scopes);
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

}
