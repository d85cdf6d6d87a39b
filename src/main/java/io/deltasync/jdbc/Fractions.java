package io.deltasync.jdbc;

import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;

/**
 * Fractions of seconds, cut off and never rounded: what is rounded up lies in the future.
 */
final class Fractions {

	private static final int[] UNITS = { 1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100,
			10, 1 };

	private Fractions() {
	}

	/**
	 * Cuts a time.
	 * @param digits how many digits of the second stay, 0 to 9
	 */
	@SuppressWarnings("unchecked")
	static <T extends Temporal> T truncate(T time, int digits) {
		int nanos = time.get(ChronoField.NANO_OF_SECOND);
		int beyond = nanos % UNITS[digits];
		return (beyond == 0) ? time : (T) time.with(ChronoField.NANO_OF_SECOND, nanos - beyond);
	}

}
