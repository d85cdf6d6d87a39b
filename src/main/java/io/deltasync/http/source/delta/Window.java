package io.deltasync.http.source.delta;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.deltasync.http.template.Placeholders;
import org.jspecify.annotations.Nullable;

/**
 * The window of a run.
 *
 * @param since its start, included; null to read everything
 * @param until its end, by the source's clock
 * @param run the time of the run
 * @param end the end of all windows in steps, of which this is one; null if there is one
 * window
 * @param rest whether a full run reads this window beside its own one
 * @param number its start, included, if changes are found by a number; null to read
 * everything, and if they are found by time
 */
public record Window(@Nullable Instant since, Instant until, Instant run, @Nullable Instant end, boolean rest,
		@Nullable Long number) {

	/** What two steps have in common, whether or not the API includes their bounds. */
	private static final Duration SHARED = Duration.ofSeconds(1);

	/** Creates a window that is read as a whole. */
	public Window(@Nullable Instant since, Instant until, Instant run) {
		this(since, until, run, null, false, null);
	}

	/** Returns the window from another number. */
	public Window from(long start) {
		return new Window(this.since, this.until, this.run, this.end, this.rest, start);
	}

	/** Returns the end of what is read, after the last step. */
	public Instant last() {
		return (this.end != null) ? this.end : this.until;
	}

	/**
	 * Returns the first step of this window.
	 * @param step the longest time of a step; null for any
	 * @return this window if it has no start or is not longer
	 */
	public Window first(@Nullable Duration step) {
		return (step == null || this.since == null) ? this : step(this.since, step, this.until);
	}

	/**
	 * Returns the step after this one.
	 * @param step the longest time of a step; null for any
	 * @return null if this is the last
	 */
	public @Nullable Window after(@Nullable Duration step) {
		return (step == null || this.end == null || !this.until.isBefore(this.end)) ? null
				: step(this.until.minus(SHARED), step, this.end);
	}

	private Window step(Instant from, Duration step, Instant last) {
		boolean shorter = from.plus(step).isBefore(last);
		boolean whole = !shorter && this.end == null;
		return whole ? this : new Window(from, shorter ? from.plus(step) : last, this.run, last, this.rest, null);
	}

	/** Returns the values of its placeholders. */
	public Map<String, Object> values() {
		Map<String, Object> values = new HashMap<>(Map.of(Placeholders.UNTIL, this.until, Placeholders.RUN, this.run));
		if (this.since != null) {
			values.put(Placeholders.SINCE, this.since);
		}
		if (this.number != null) {
			values.put(Placeholders.SINCE, this.number);
		}
		return values;
	}

	/**
	 * Returns the two halves.
	 * @return null if the window has no start or is shorter than two seconds, the
	 * shortest time that every API can tell apart
	 */
	public Window @Nullable [] halves() {
		Duration length = (this.since != null) ? Duration.between(this.since, this.until) : Duration.ZERO;
		if (this.since == null || length.toSeconds() < 2) {
			return null;
		}
		Instant middle = this.since.plusSeconds(length.toSeconds() / 2);
		return new Window[] { new Window(this.since, middle, this.run), new Window(middle, this.until, this.run) };
	}

}
