package io.deltasync.jdbc.sqlite;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.regex.Pattern;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.TextWriter;
import io.deltasync.jdbc.value.ValueRefusedException;

/**
 * Writes to columns that hold values of any kind: whole numbers, floating-point numbers,
 * texts and binaries. Refuses texts that the column would convert to numbers.
 */
final class SqliteAnyWriter extends ColumnWriter {

	private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*");

	SqliteAnyWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		if (value instanceof byte[] bytes) {
			values.add(bytes);
		}
		else if (value instanceof String text) {
			if (SqliteTypes.convertsTexts(column()) && NUMBER.matcher(text).matches()) {
				throw ValueRefusedException.of(column(),
						"the column would convert the text '%s' to a number; declare it as TEXT".formatted(text));
			}
			TextWriter.checkWellFormed(column(), text);
			values.add(text);
		}
		else if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
			values.add(((Number) value).longValue());
		}
		else if (value instanceof Double || value instanceof Float) {
			double number = ((Number) value).doubleValue();
			if (!Double.isFinite(number)) {
				throw ValueRefusedException.of(column(), "%s is out of range".formatted(value));
			}
			values.add(number);
		}
		else if (value instanceof BigDecimal number && SqliteSink.whole(number) != null && number.scale() == 0) {
			values.add(number);
		}
		else {
			throw ValueRefusedException.never(column(), value);
		}
	}

}
