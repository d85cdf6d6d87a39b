package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.sql.SQLException;

/**
 * Writes decimals that fit the column without rounding.
 */
final class DecimalWriter extends ColumnWriter {

	/** H2's limit for a column without one. */
	private static final int LARGEST_EXPONENT = 100_000;

	private final boolean ofKey;

	DecimalWriter(Column column, boolean ofKey) {
		super(column);
		this.ofKey = ofKey;
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		BigDecimal number = Numbers.exact(column(), value);
		if (column().scale() == Column.FLOATING) {
			checkFloating(value, number);
		}
		else if (column().size() > 0) {
			if (!(value instanceof String) && number.scale() > column().scale()) {
				number = number.stripTrailingZeros();
			}
			checkFixed(value, number);
		}
		values.add(number);
	}

	private void checkFixed(Object value, BigDecimal number) throws ValueRefusedException {
		int scale = column().scale();
		if (number.scale() > scale) {
			throw ValueRefusedException.of(column(),
					"%s has more than %d digits after the point, and would be rounded".formatted(number, scale));
		}
		long digits = column().size() - scale;
		if (Numbers.digitsBeforePoint(number) > digits && number.signum() != 0) {
			throw ValueRefusedException.of(column(),
					"%s has more than %d digits before the point".formatted(number, digits));
		}
		if (number.signum() < 0 && column().unsigned()) {
			throw ValueRefusedException.of(column(), "%s is negative".formatted(number));
		}
		if (this.ofKey && value instanceof String text && number.scale() != scale) {
			// otherwise 1.5 and 1.50 would become one row
			throw Numbers.otherForm(column(), text);
		}
	}

	private void checkFloating(Object value, BigDecimal number) throws ValueRefusedException {
		if (number.scale() > LARGEST_EXPONENT || number.scale() < -LARGEST_EXPONENT) {
			throw ValueRefusedException.of(column(),
					"%s has an exponent beyond %d".formatted(number, LARGEST_EXPONENT));
		}
		BigDecimal shortest = number.stripTrailingZeros();
		if (shortest.precision() > column().size()) {
			throw ValueRefusedException.of(column(),
					"%s has more than %d digits, and would be rounded".formatted(number, column().size()));
		}
		if (value instanceof String text && number.scale() > 0 && shortest.scale() != number.scale()) {
			throw Numbers.otherForm(column(), text);
		}
	}

}
