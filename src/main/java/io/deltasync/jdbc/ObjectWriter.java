package io.deltasync.jdbc;

import java.sql.SQLException;
import java.util.UUID;

/**
 * Hands a value to the driver as it is.
 */
final class ObjectWriter extends ColumnWriter {

	ObjectWriter(Column column) {
		super(column);
	}

	@Override
	void writeValue(Values values, Object value) throws SQLException, ValueRefusedException {
		values.addObject((column().type() == ColumnType.UUID) ? uuid(value) : value);
	}

	private UUID uuid(Object value) throws ValueRefusedException {
		if (value instanceof UUID uuid) {
			return uuid;
		}
		if (value instanceof String text) {
			try {
				return UUID.fromString(text);
			}
			catch (IllegalArgumentException ex) {
				throw ValueRefusedException.of(column(), "'%s' is not a UUID".formatted(text));
			}
		}
		throw ValueRefusedException.never(column(), value);
	}

}
