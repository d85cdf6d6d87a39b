package io.deltasync.jdbc.postgresql;

import java.sql.SQLException;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.JsonWriter;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.ValueRefusedException;

/**
 * Writes JSON. The type json keeps the text; jsonb keeps numbers exactly, but one of
 * several members of the same name.
 */
final class PostgreSqlJsonWriter extends JsonWriter {

	PostgreSqlJsonWriter(Column column) {
		super(column, column.castType().equals("jsonb"), false);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		if (value instanceof String text) {
			PostgreSqlTextWriter.checkNoNul(column(), text);
		}
		super.writeValue(values, value);
	}

}
