package io.deltasync.jdbc.postgresql;

import java.math.BigDecimal;
import java.sql.SQLException;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.Numbers;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.ValueRefusedException;

/** Writes to NUMERIC without precision, within the limits of the server. */
final class UnlimitedDecimalWriter extends ColumnWriter {

	private static final int MOST_BEFORE_POINT = 131_072;

	private static final int MOST_AFTER_POINT = 16_383;

	UnlimitedDecimalWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		BigDecimal number = Numbers.exact(column(), value);
		if (number.scale() > MOST_AFTER_POINT || Numbers.digitsBeforePoint(number) > MOST_BEFORE_POINT) {
			throw ValueRefusedException.of(column(), "%s has more than %d digits before, or %d after the point"
				.formatted(number, MOST_BEFORE_POINT, MOST_AFTER_POINT));
		}
		if (value instanceof String text && number.scale() > 0
				&& number.stripTrailingZeros().scale() != number.scale()) {
			// 1.5 and 1.50 are equal
			throw Numbers.otherForm(column(), text);
		}
		values.add(number);
	}

}
