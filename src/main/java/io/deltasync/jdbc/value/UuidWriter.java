package io.deltasync.jdbc.value;

import java.sql.SQLException;
import java.util.UUID;

/**
 * Writes UUIDs. Accepts only texts in canonical form.
 */
public final class UuidWriter extends ColumnWriter {

	/** Creates the writer of a column. */
	public UuidWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		UUID uuid = uuid(value);
		if (column().type() == ColumnType.UUID) {
			values.addObject(uuid);
		}
		else {
			values.add(uuid.toString());
		}
	}

	private UUID uuid(Object value) throws ValueRefusedException {
		if (value instanceof UUID uuid) {
			return uuid;
		}
		if (!(value instanceof String text)) {
			throw ValueRefusedException.never(column(), value);
		}
		UUID uuid;
		try {
			uuid = UUID.fromString(text);
		}
		catch (IllegalArgumentException ex) {
			throw ValueRefusedException.of(column(), "'%s' is not a UUID".formatted(text));
		}
		if (!uuid.toString().equals(text)) {
			throw ValueRefusedException.of(column(),
					"'%s' is not how the column writes a UUID, and would be changed; write it as %s at the source"
						.formatted(text, uuid));
		}
		return uuid;
	}

}
