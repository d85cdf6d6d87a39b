package io.deltasync.jdbc.delta;

import java.math.BigDecimal;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The overlap of a delta by number, counted back from the last run's cursor.
 *
 * @param time the option {@code overlap}; null when not set
 * @param numbers the option {@code overlap-numbers}; null when not set
 */
public record NumberOverlap(@Nullable Duration time, @Nullable Long numbers) {

	private static final long DEFAULT_NUMBERS = 1000;

	private static final Duration DEFAULT_TIME = Duration.ofMinutes(1);

	/**
	 * Returns the overlap in numbers.
	 * @param unit the unit of a column that holds times, or null for a counter
	 * @param isClock whether the numbers are certainly times. If not, the unit can only
	 * lengthen the overlap, so that no change is lost when a counter looks like a clock
	 */
	public BigDecimal of(@Nullable ClockUnit unit, boolean isClock) {
		if (this.numbers != null) {
			return BigDecimal.valueOf(this.numbers);
		}
		BigDecimal counted = BigDecimal.valueOf(DEFAULT_NUMBERS);
		if (unit == null) {
			return counted;
		}
		if (this.time != null) {
			return isClock ? unit.of(this.time) : unit.of(this.time).max(counted);
		}
		return unit.of(DEFAULT_TIME).max(counted);
	}

}
