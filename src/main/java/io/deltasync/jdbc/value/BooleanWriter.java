package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.sql.SQLException;

/**
 * Writes booleans, also from the numbers 1 and 0 and from the texts true and false.
 */
final class BooleanWriter extends ColumnWriter {

	BooleanWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		values.add(value instanceof Boolean bool ? bool : toBoolean(value));
	}

	private boolean toBoolean(Object value) throws ValueRefusedException {
		if (value instanceof String text) {
			if (!text.equals("true") && !text.equals("false")) {
				throw ValueRefusedException.of(column(),
						"'%s' is neither true nor false; if it stands for one of them, give '%s' the type boolean under mapping.types"
							.formatted(text, column().name()));
			}
			return text.equals("true");
		}
		BigDecimal number = Numbers.exact(column(), value);
		if (number.signum() != 0 && number.compareTo(BigDecimal.ONE) != 0) {
			throw ValueRefusedException.of(column(), "%s is neither true nor false".formatted(value));
		}
		return number.signum() != 0;
	}

}
