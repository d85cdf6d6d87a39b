package io.deltasync.http.source;

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
 */
record Window(@Nullable Instant since, Instant until, Instant run) {

	/** Returns the values of its placeholders. */
	Map<String, Object> values() {
		Map<String, Object> values = new HashMap<>(Map.of(Placeholders.UNTIL, this.until, Placeholders.RUN, this.run));
		if (this.since != null) {
			values.put(Placeholders.SINCE, this.since);
		}
		return values;
	}

	/**
	 * Returns the two halves.
	 * @return null if the window has no start or is shorter than two seconds, the
	 * shortest time that every API can tell apart
	 */
	Window @Nullable [] halves() {
		Duration length = (this.since != null) ? Duration.between(this.since, this.until) : Duration.ZERO;
		if (this.since == null || length.toSeconds() < 2) {
			return null;
		}
		Instant middle = this.since.plusSeconds(length.toSeconds() / 2);
		return new Window[] { new Window(this.since, middle, this.run), new Window(middle, this.until, this.run) };
	}

}
