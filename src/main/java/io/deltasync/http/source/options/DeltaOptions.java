package io.deltasync.http.source.options;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How changes are found.
 *
 * @param property The property of a record that has the time or number of its last
 * change. If no request contains '{since}', everything is read and older records are left
 * out. Default: none, the API decides alone
 * @param format How the API writes times: 'iso', 'epoch-seconds', 'epoch-millis', 'date',
 * or a pattern such as 'yyyy-MM-dd HH:mm:ss'; with a zone if that is not UTC: 'date,
 * Europe/Berlin'. Or 'number', if a number grows with each change
 * @param overlap How far a run reads back. Records within it are delivered again
 * @param settle How far behind the source's clock a run ends: longer than the API needs
 * to show a change
 * @param overlapNumbers How far a run reads back with 'format: number', 0 or more.
 * Default: '1000'
 * @param start What '{since}' is in a run that reads everything. Default: none
 * @param startNumber What '{since}' is in a run that reads everything with 'format:
 * number'. Default: none
 * @param step The longest time between '{since}' and '{until}' that the API takes, such
 * as '7d': a longer window is read in steps. Requires 'start'. Default: none, in one
 * window
 * @param order 'newest-first' if the API returns the newest record first: pages are read
 * until a record is older than the window. Default: none, all pages are read
 */
public record DeltaOptions(@Nullable String property, @DefaultValue("iso") String format,
		@DefaultValue("1m") Duration overlap, @DefaultValue("0s") Duration settle, @Nullable Long overlapNumbers,
		@Nullable Instant start, @Nullable Long startNumber, @Nullable Duration step, @Nullable Order order) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public DeltaOptions {
		if (overlap.isNegative()) {
			throw new IllegalArgumentException(
					"delta.overlap is %s; give a duration of 0 or more, such as 1m".formatted(overlap));
		}
		if (settle.isNegative()) {
			throw new IllegalArgumentException(
					"delta.settle is %s; give a duration of 0 or more, such as 10s".formatted(settle));
		}
		if (step != null && step.compareTo(Duration.ofMinutes(1)) < 0) {
			throw new IllegalArgumentException(
					"delta.step is %s; give a duration of a minute or more, such as 7d".formatted(step));
		}
		if (overlapNumbers != null && overlapNumbers < 0) {
			throw new IllegalArgumentException("delta.overlap-numbers is %d; give 0 or more".formatted(overlapNumbers));
		}
		if (startNumber != null && startNumber < 0) {
			throw new IllegalArgumentException("delta.start-number is %d; give 0 or more".formatted(startNumber));
		}
	}

	/** Whether changes are found by a number. */
	public boolean isByNumber() {
		return this.format.strip().equals("number");
	}

	/** An order in which an API returns records. */
	public enum Order {

		/** The newest record first. */
		NEWEST_FIRST

	}

}
