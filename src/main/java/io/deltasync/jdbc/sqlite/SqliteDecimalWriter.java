package io.deltasync.jdbc.sqlite;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.StoredForm;
import io.deltasync.jdbc.value.ValueRefusedException;

/**
 * Writes decimals, which SQLite stores as whole numbers of 64 bits or as floating-point
 * numbers. Refuses those that would be rounded.
 */
final class SqliteDecimalWriter extends ColumnWriter {

	private static final ZoneId NONE = ZoneOffset.UTC;

	private final ColumnWriter usual;

	SqliteDecimalWriter(Column column, boolean ofKey) {
		super(column);
		this.usual = ColumnWriter.of(column, NONE, ofKey);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		if (!(StoredForm.of(this.usual, value) instanceof BigDecimal number)) {
			throw ValueRefusedException.never(column(), value);
		}
		if (SqliteSink.whole(number) == null) {
			double held = number.doubleValue();
			if (!Double.isFinite(held) || SqliteValues.shortest(held).compareTo(number) != 0) {
				throw ValueRefusedException.of(column(),
						"%s has more digits than SQLite keeps in a number, about 15; make the column a TEXT"
							.formatted(number));
			}
		}
		values.add(number);
	}

}
