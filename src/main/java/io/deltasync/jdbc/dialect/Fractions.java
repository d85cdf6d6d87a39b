package io.deltasync.jdbc.dialect;

import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;

/**
 * Fractions of seconds, cut off and never rounded: what is rounded up lies in the future.
 */
public final class Fractions {

	private static final int[] UNITS = { 1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100,
			10, 1 };

	private Fractions() {
	}

	/**
	 * Cuts a time to what a column holds.
	 * @param ofKey whether rows are told apart by the column
	 * @throws ValueRefusedException when records would become one row
	 */
	public static <T extends Temporal> T fit(Column column, boolean ofKey, T time) throws ValueRefusedException {
		T fitting = truncate(time, column.scale());
		if (ofKey && !fitting.equals(time)) {
			throw tooFine(column, time);
		}
		return fitting;
	}

	/** Of a time that has more digits than a column of the key. */
	public static ValueRefusedException tooFine(Column column, Object time) {
		String held = (column.scale() == 0) ? "no fractions of seconds"
				: "fractions of seconds of %d digits".formatted(column.scale());
		return ValueRefusedException.of(column,
				"it is of the key and holds %s, but the record has %s; records would become one row: give the column more digits"
					.formatted(held, time));
	}

	/**
	 * Cuts a time.
	 * @param digits how many digits of the second stay, 0 to 9
	 */
	@SuppressWarnings("unchecked")
	public static <T extends Temporal> T truncate(T time, int digits) {
		int nanos = time.get(ChronoField.NANO_OF_SECOND);
		int beyond = nanos % UNITS[digits];
		return (beyond == 0) ? time : (T) time.with(ChronoField.NANO_OF_SECOND, nanos - beyond);
	}

}
