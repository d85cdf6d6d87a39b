package io.deltasync.jdbc.value;

import java.sql.SQLException;

/**
 * Writes bytes that fit the column. Refuses bytes that the database would pad.
 */
final class BinaryWriter extends ColumnWriter {

	BinaryWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		if (!(value instanceof byte[] bytes)) {
			throw ValueRefusedException.never(column(), value);
		}
		long size = column().size();
		if (size > 0 && bytes.length > size) {
			throw ValueRefusedException.of(column(), "the value has %d bytes".formatted(bytes.length));
		}
		if (bytes.length < size && column().padding() == Column.Padding.FILLED) {
			throw ValueRefusedException.of(column(),
					"the value has %d bytes, and the database would pad it with zeros; make the column VARBINARY"
						.formatted(bytes.length));
		}
		values.add(bytes);
	}

}
