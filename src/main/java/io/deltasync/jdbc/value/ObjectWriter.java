package io.deltasync.jdbc.value;

import java.sql.SQLException;
import java.time.OffsetTime;

/**
 * Passes a value to the driver unchanged, except for fractions of seconds that the
 * database would round.
 */
public final class ObjectWriter extends ColumnWriter {

	private final boolean ofKey;

	/**
	 * Creates the writer of a column.
	 * @param ofKey whether the column is part of the key
	 */
	public ObjectWriter(Column column, boolean ofKey) {
		super(column);
		this.ofKey = ofKey;
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		values.addObject((value instanceof OffsetTime time) ? Fractions.fit(column(), this.ofKey, time) : value);
	}

}
