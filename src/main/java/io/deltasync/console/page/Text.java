package io.deltasync.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.deltasync.console.ClockSkew;
import io.deltasync.event.Formats;
import io.deltasync.event.SyncEvent;
import org.jspecify.annotations.Nullable;

/**
 * Formats values for a page that is made at one moment.
 */
public final class Text {

	private final Instant now;

	Text(Instant now) {
		this.now = now;
	}

	/**
	 * Formats the moment of the page.
	 * @return the time in UTC to the second
	 */
	public String now() {
		return Formats.time(this.now);
	}

	/**
	 * Formats a time as seen from now.
	 * @param time the time, or null
	 * @return for example {@code 5 min 3 s ago}, or a dash
	 */
	public String ago(@Nullable Instant time) {
		if (time == null) {
			return "-";
		}
		Duration age = Duration.between(time, this.now);
		return age.isNegative() ? "in " + Formats.duration(age.negated()) : Formats.duration(age) + " ago";
	}

	/**
	 * Formats the exact time.
	 * @param time the time, or null
	 * @return the time in UTC to the second, or a dash
	 */
	public String time(@Nullable Instant time) {
		return Formats.time(time);
	}

	/**
	 * Formats a number.
	 * @param number the number
	 * @return the number with separators
	 */
	public String number(long number) {
		return Formats.number(number);
	}

	/**
	 * Formats a constant as words.
	 * @param constant the constant of an enum
	 * @return its name in lower case with blanks
	 */
	public String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	/**
	 * Formats how long a run took.
	 * @param event the run
	 * @return the duration, or a dash while it runs
	 */
	public String took(SyncEvent event) {
		return Formats.took(event);
	}

	/**
	 * Formats how long something took, or takes so far.
	 * @param start when it started, or null
	 * @param end when it ended; null while it runs
	 * @return the duration, or a dash if it has not started
	 */
	public String took(@Nullable Instant start, @Nullable Instant end) {
		return (start != null) ? Formats.age(Duration.between(start, (end != null) ? end : this.now)) : "-";
	}

	/**
	 * Formats how far a clock is off.
	 * @param skew the skew
	 * @return for example {@code 0.2 s behind, to within 0.1 s}
	 */
	public String skew(ClockSkew skew) {
		boolean agrees = skew.ahead().abs().compareTo(skew.accuracy()) <= 0;
		String accuracy = ", to within %d ms".formatted(skew.accuracy().toMillis() + 1);
		return (agrees ? "agrees with this process" : "%d ms %s this process".formatted(skew.ahead().abs().toMillis(),
				skew.ahead().isNegative() ? "behind" : "ahead of")) + accuracy;
	}

	/**
	 * Makes a name a part of an id. A live update keeps the focus on an element that has
	 * an id.
	 * @param name any name
	 * @return the name without blanks
	 */
	public String id(String name) {
		return SegmentLinkBuilder.encode(name);
	}

	/**
	 * Describes the status of an execution.
	 * @param status the name of a Spring Batch status
	 * @return its looks
	 */
	public ExecutionState batch(String status) {
		return ExecutionState.of(status);
	}

	/**
	 * Formats how a run ended.
	 * @param event the run
	 * @return its status in words
	 */
	public String status(SyncEvent event) {
		return Formats.status(event);
	}

}
