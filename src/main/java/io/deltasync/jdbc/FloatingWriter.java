package io.deltasync.jdbc;

import java.sql.SQLException;

/**
 * Writes floating-point numbers, which are approximate by nature: the nearest that the
 * column holds will do.
 */
final class FloatingWriter extends ColumnWriter {

	FloatingWriter(Column column) {
		super(column);
	}

	@Override
	void writeValue(Values values, Object value) throws SQLException, ValueRefusedException {
		double number = (value instanceof Float || value instanceof Double) ? ((Number) value).doubleValue()
				: Numbers.exact(column(), value).doubleValue();
		boolean fits = Double.isFinite(number)
				&& (column().type() == ColumnType.DOUBLE || Float.isFinite((float) number));
		if (!fits) {
			throw ValueRefusedException.of(column(), "%s is out of range".formatted(value));
		}
		// Also for a float: the shortest text of the largest is more than MySQL takes.
		values.add(number);
	}

}
