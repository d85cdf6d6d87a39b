package io.deltasync.jdbc.write;

import java.sql.SQLException;
import java.time.OffsetTime;

import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.Fractions;
import io.deltasync.jdbc.dialect.ValueRefusedException;

/**
 * Passes a value to the driver unchanged, except for fractions of seconds that the
 * database would round.
 */
final class ObjectWriter extends ColumnWriter {

	private final boolean ofKey;

	ObjectWriter(Column column, boolean ofKey) {
		super(column);
		this.ofKey = ofKey;
	}

	@Override
	void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		values.addObject((value instanceof OffsetTime time) ? Fractions.fit(column(), this.ofKey, time) : value);
	}

}
