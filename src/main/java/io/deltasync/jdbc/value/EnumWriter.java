package io.deltasync.jdbc.value;

import java.sql.SQLException;
import java.util.Set;

/**
 * Writes values of an ENUM exactly as listed. Servers may accept another case, trailing
 * spaces, or a number as the position of a value.
 */
final class EnumWriter extends ColumnWriter {

	private final Set<String> members;

	EnumWriter(Column column) {
		super(column);
		this.members = Set.copyOf(column.members());
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		String text = TextWriter.text(column(), value);
		if (!this.members.contains(text)) {
			throw ValueRefusedException.of(column(), "'%s' is none of its values".formatted(text));
		}
		values.add(text);
	}

}
