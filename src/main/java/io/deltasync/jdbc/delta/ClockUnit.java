package io.deltasync.jdbc.delta;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The unit of a number that is the time since 1970.
 */
public enum ClockUnit {

	SECONDS(0),

	MILLISECONDS(3),

	MICROSECONDS(6),

	NANOSECONDS(9);

	private static final int NANO_DIGITS = 9;

	/** The tolerated lead of other clocks over the source's clock. */
	static final Duration AHEAD = Duration.ofSeconds(10);

	private static final Duration RECENT = Duration.ofDays(1);

	private static final Duration CENTURY = Duration.ofDays(36_525);

	private final int digits;

	ClockUnit(int digits) {
		this.digits = digits;
	}

	/** Returns the number of these units from 1970 to a time. */
	public BigDecimal at(Instant time) {
		return nanos(time.getEpochSecond(), time.getNano());
	}

	/** Returns the number of these units in a span of time. */
	BigDecimal of(Duration span) {
		return nanos(span.getSeconds(), span.getNano());
	}

	/** Returns the time that a number of these units stands for, rounded down. */
	Instant time(BigDecimal number) {
		BigInteger[] parts = number.movePointRight(NANO_DIGITS - this.digits)
			.setScale(0, RoundingMode.FLOOR)
			.toBigInteger()
			.divideAndRemainder(BigInteger.TEN.pow(NANO_DIGITS));
		return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
	}

	/** Returns the span of a number of these units, a century at most. */
	Duration span(BigDecimal number) {
		return Duration.between(Instant.EPOCH, time(number.min(of(CENTURY))));
	}

	private BigDecimal nanos(long seconds, int nanos) {
		return BigDecimal.valueOf(seconds)
			.movePointRight(NANO_DIGITS)
			.add(BigDecimal.valueOf(nanos))
			.movePointLeft(NANO_DIGITS - this.digits);
	}

	/**
	 * Returns the unit in which a number is a plausible recent time: in the later half of
	 * the time since 1970, and not in the future.
	 * @return the unit, or null when none fits
	 */
	static @Nullable ClockUnit of(BigDecimal number, Instant now) {
		for (ClockUnit unit : values()) {
			boolean late = number.multiply(BigDecimal.valueOf(2)).compareTo(unit.at(now)) >= 0;
			if (late && number.compareTo(unit.at(now.plus(AHEAD))) <= 0) {
				return unit;
			}
		}
		return null;
	}

	/**
	 * Whether a number is so close to the present that it is unlikely to be the value of
	 * a counter.
	 */
	boolean isRecent(BigDecimal number, Instant now) {
		return number.compareTo(at(now.minus(RECENT))) >= 0;
	}

	/** Returns the finest unit in which a number is in the future, or null. */
	static @Nullable ClockUnit ahead(BigDecimal number, Instant now) {
		ClockUnit found = null;
		for (ClockUnit unit : values()) {
			found = (number.compareTo(unit.at(now)) > 0) ? unit : found;
		}
		return found;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
