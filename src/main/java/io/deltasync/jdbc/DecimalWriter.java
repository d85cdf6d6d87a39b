package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;

/**
 * Writes decimals that fit without rounding.
 */
final class DecimalWriter extends ColumnWriter {

	/** H2's for a column that has no limit of its own. */
	private static final int LARGEST_EXPONENT = 100_000;

	DecimalWriter(Column column) {
		super(column);
	}

	@Override
	void writeValue(Values values, Object value) throws SQLException, ValueRefusedException {
		BigDecimal number = Numbers.exact(column(), value);
		long digits = column().size();
		if (digits > 0) {
			int scale = column().scale();
			if (number.scale() > scale) {
				number = number.stripTrailingZeros();
			}
			if (number.scale() > scale) {
				throw ValueRefusedException.of(column(),
						"%s has more than %d digits after the point, and would be rounded".formatted(number, scale));
			}
			if (Numbers.digitsBeforePoint(number) > digits - scale && number.signum() != 0) {
				throw ValueRefusedException.of(column(),
						"%s has more than %d digits before the point".formatted(number, digits - scale));
			}
			if (number.signum() < 0 && column().unsigned()) {
				throw ValueRefusedException.of(column(), "%s is negative".formatted(number));
			}
		}
		else if (number.scale() > LARGEST_EXPONENT || number.scale() < -LARGEST_EXPONENT) {
			throw ValueRefusedException.of(column(),
					"%s has an exponent beyond %d".formatted(number, LARGEST_EXPONENT));
		}
		values.add(number);
	}

}
