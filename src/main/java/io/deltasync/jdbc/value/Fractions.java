package io.deltasync.jdbc.value;

import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;

/**
 * Truncates fractions of seconds. Never rounds, because a time that is rounded up lies in
 * the future.
 */
public final class Fractions {

	private static final int[] UNITS = { 1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100,
			10, 1 };

	private Fractions() {
	}

	/**
	 * Truncates a time to the precision of a column.
	 * @param ofKey whether the column is part of the key
	 * @throws ValueRefusedException when truncation would merge several records into one
	 * row
	 */
	public static <T extends Temporal> T fit(Column column, boolean ofKey, T time) throws ValueRefusedException {
		T fitting = truncate(time, column.scale());
		if (ofKey && !fitting.equals(time)) {
			throw tooFine(column, time);
		}
		return fitting;
	}

	/** Creates the refusal of a time that is more precise than a column of the key. */
	public static ValueRefusedException tooFine(Column column, Object time) {
		String held = (column.scale() == 0) ? "no fractions of seconds"
				: "fractions of seconds of %d digits".formatted(column.scale());
		return ValueRefusedException.of(column,
				"it is part of the key and holds %s, but the record has %s; records would become one row: give the column more digits"
					.formatted(held, time));
	}

	/**
	 * Truncates a time.
	 * @param digits the number of fractional digits to keep, 0 to 9
	 */
	@SuppressWarnings("unchecked")
	public static <T extends Temporal> T truncate(T time, int digits) {
		int nanos = time.get(ChronoField.NANO_OF_SECOND);
		int beyond = nanos % UNITS[digits];
		return (beyond == 0) ? time : (T) time.with(ChronoField.NANO_OF_SECOND, nanos - beyond);
	}

}
