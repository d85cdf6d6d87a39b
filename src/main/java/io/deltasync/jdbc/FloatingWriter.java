package io.deltasync.jdbc;

import java.sql.PreparedStatement;
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
	void writeValue(PreparedStatement statement, int index, Object value) throws SQLException, ValueRefusedException {
		if (column().type() == ColumnType.FLOAT && value instanceof Float number && Float.isFinite(number)) {
			// Its shortest text is what the database finds the same float by.
			statement.setFloat(index, number);
		}
		else if (value instanceof Float || value instanceof Double) {
			writeDouble(statement, index, ((Number) value).doubleValue(), value);
		}
		else {
			writeDouble(statement, index, Numbers.exact(column(), value).doubleValue(), value);
		}
	}

	private void writeDouble(PreparedStatement statement, int index, double number, Object value)
			throws SQLException, ValueRefusedException {
		boolean fits = Double.isFinite(number)
				&& (column().type() == ColumnType.DOUBLE || Float.isFinite((float) number));
		if (!fits) {
			throw ValueRefusedException.of(column(), "%s is out of range".formatted(value));
		}
		statement.setDouble(index, number);
	}

}
