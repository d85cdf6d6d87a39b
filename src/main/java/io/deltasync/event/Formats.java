package io.deltasync.event;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Formats values independently of the locale and zone of the process.
 */
public final class Formats {

	private static final String NOTHING = "-";

	private Formats() {
	}

	/** Groups the digits by commas. Pages are full of numbers, so by no formatter. */
	public static String number(long number) {
		String digits = Long.toString(number);
		int first = (number < 0) ? 1 : 0;
		StringBuilder text = new StringBuilder(digits);
		for (int i = digits.length() - 3; i > first; i -= 3) {
			text.insert(i, ',');
		}
		return text.toString();
	}

	public static String records(long number) {
		return number(number) + ((number == 1) ? " record" : " records");
	}

	/** Formats a time to the second; JSON has the full precision. */
	public static String time(@Nullable Instant time) {
		return (time != null) ? time.truncatedTo(ChronoUnit.SECONDS).toString() : NOTHING;
	}

	/** Formats a duration in its two largest units. */
	public static String duration(Duration duration) {
		if (duration.toSeconds() < 60) {
			return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
		}
		if (duration.toMinutes() < 60) {
			return "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
		}
		if (duration.toHours() < 48) {
			return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
		}
		return "%d d %d h".formatted(duration.toDays(), duration.toHoursPart());
	}

	/** Formats an age, which is negative if the clock was wrong. */
	public static String age(Duration age) {
		return age.isNegative() ? duration(age.negated()) + " ahead" : duration(age);
	}

	/** Formats the duration of a run; a dash if the clock was set back meanwhile. */
	public static String took(SyncEvent event) {
		return (event.endedAt() != null && !worked(event).isNegative()) ? duration(worked(event)) : NOTHING;
	}

	/** Returns the total duration of the attempts, without the time between them. */
	public static Duration worked(SyncEvent event) {
		Duration worked = Duration.ZERO;
		for (SyncEvent.Attempt attempt : event.attempts()) {
			if (attempt.startedAt() != null && attempt.endedAt() != null) {
				worked = worked.plus(Duration.between(attempt.startedAt(), attempt.endedAt()));
			}
		}
		return worked;
	}

	/** Formats status and success as a single phrase. */
	public static String status(SyncEvent event) {
		return statusOfRun(event) + (event.testing() ? " (testing)" : "");
	}

	private static String statusOfRun(SyncEvent event) {
		return switch (event.status()) {
			case PLANNING -> "planning";
			case DELAYED -> "waiting";
			case FETCHING -> "fetching";
			case COMPLETED -> event.success() ? "successful" : "completed, not successful";
			case ABORTED -> "aborted";
			case STOPPED -> "stopped";
			case CRASHED -> "crashed";
		};
	}

}
