package io.deltasync.jdbc.sqlite;

import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.StoredForm;
import io.deltasync.jdbc.value.ValueRefusedException;

/** Writes dates, of years whose texts compare as times do. */
final class SqliteTimeWriter extends ColumnWriter {

	private static final int LAST_YEAR = 9999;

	private final ColumnWriter usual;

	SqliteTimeWriter(Column column, ZoneId zone, boolean ofKey) {
		super(column);
		this.usual = ColumnWriter.of(column, zone, ofKey);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		if (!(StoredForm.of(this.usual, value) instanceof Temporal time)) {
			throw ValueRefusedException.never(column(), value);
		}
		int year = ((time instanceof java.time.Instant instant) ? instant.atOffset(ZoneOffset.UTC) : time)
			.get(ChronoField.YEAR);
		if (year < 0 || year > LAST_YEAR) {
			throw ValueRefusedException.of(column(), "the year of %s is not one of 0 to 9999".formatted(value));
		}
		values.add(time);
	}

}
