package io.deltasync.jdbc.read;

import java.math.BigDecimal;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How far a delta by number reads back beyond the last run's highest number.
 *
 * @param time the option {@code overlap}; null when it is not given
 * @param numbers the option {@code overlap-numbers}; null when it is not given
 */
record NumberOverlap(@Nullable Duration time, @Nullable Long numbers) {

	private static final long DEFAULT_NUMBERS = 1000;

	private static final Duration DEFAULT_TIME = Duration.ofMinutes(1);

	/**
	 * Returns the overlap in numbers.
	 * @param unit the unit of a column that holds times, or null for a counter
	 * @param ticking whether that is certain. Otherwise the unit makes the overlap only
	 * longer, so nothing is lost where a counter looks like a clock
	 */
	BigDecimal of(@Nullable ClockUnit unit, boolean ticking) {
		if (this.numbers != null) {
			return BigDecimal.valueOf(this.numbers);
		}
		BigDecimal counted = BigDecimal.valueOf(DEFAULT_NUMBERS);
		if (unit == null) {
			return counted;
		}
		if (this.time != null) {
			return ticking ? unit.of(this.time) : unit.of(this.time).max(counted);
		}
		return unit.of(DEFAULT_TIME).max(counted);
	}

}
