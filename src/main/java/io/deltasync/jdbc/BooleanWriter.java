package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;

/**
 * Writes true and false, also from 1 and 0 and from their texts.
 */
final class BooleanWriter extends ColumnWriter {

	BooleanWriter(Column column) {
		super(column);
	}

	@Override
	void writeValue(Values values, Object value) throws SQLException, ValueRefusedException {
		values.add(value instanceof Boolean bool ? bool : truth(value));
	}

	private boolean truth(Object value) throws ValueRefusedException {
		if (value instanceof String text && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
			return text.equalsIgnoreCase("true");
		}
		BigDecimal number = Numbers.exact(column(), value);
		if (number.signum() != 0 && number.compareTo(BigDecimal.ONE) != 0) {
			throw ValueRefusedException.of(column(), "%s is neither true nor false".formatted(value));
		}
		return number.signum() != 0;
	}

}
