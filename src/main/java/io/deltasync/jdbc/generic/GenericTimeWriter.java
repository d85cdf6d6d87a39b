package io.deltasync.jdbc.generic;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.Temporal;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.StoredForm;
import io.deltasync.jdbc.value.ValueRefusedException;

/** Writes dates that every driver counts in the same way. */
final class GenericTimeWriter extends ColumnWriter {

	private final ColumnWriter usual;

	GenericTimeWriter(Column column, ZoneId zone, boolean ofKey) {
		super(column);
		this.usual = ColumnWriter.of(column, zone, ofKey);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		if (!(StoredForm.of(this.usual, value) instanceof Temporal time)) {
			throw ValueRefusedException.never(column(), value);
		}
		if (LocalDate.from(time).isBefore(GenericTimes.FIRST)) {
			throw ValueRefusedException.of(column(),
					"%s is before %s, and drivers do not agree on such days".formatted(value, GenericTimes.FIRST));
		}
		values.add(time);
	}

}
