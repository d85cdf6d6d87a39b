package io.deltasync.jdbc.write;

import java.sql.SQLException;

import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * A record of a batch with its statement and values.
 *
 * @param record the record
 * @param shape the statement that writes it
 * @param values the values of its properties
 */
@SuppressWarnings("ArrayRecordComponent")
record BatchRow(RecordInFlight record, WriteStatement shape, @Nullable Object[] values) {

	void write(RowSink into) throws SQLException, ValueRefusedException {
		this.shape.write(into, this.values);
	}

}
