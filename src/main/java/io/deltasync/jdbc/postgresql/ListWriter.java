package io.deltasync.jdbc.postgresql;

import java.sql.SQLException;
import java.util.List;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.TextWriter;
import io.deltasync.jdbc.value.ValueRefusedException;

/** Writes arrays from lists, and from texts such as {@code {1,2}}. */
final class ListWriter extends ColumnWriter {

	ListWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		if (!(value instanceof String) && !(value instanceof List)) {
			throw ValueRefusedException.never(column(), value);
		}
		String array = (value instanceof List<?> list) ? PostgreSqlTexts.array(list) : (String) value;
		TextWriter.checkWellFormed(column(), array);
		PostgreSqlTextWriter.checkNoNul(column(), array);
		values.add(array);
	}

}
