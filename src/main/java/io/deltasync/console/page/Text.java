package io.deltasync.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

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
	 * Formats how a run ended.
	 * @param event the run
	 * @return its status in words
	 */
	public String status(SyncEvent event) {
		return Formats.status(event);
	}

}
