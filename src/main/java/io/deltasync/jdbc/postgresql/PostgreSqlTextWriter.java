package io.deltasync.jdbc.postgresql;

import java.sql.SQLException;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.TextWriter;
import io.deltasync.jdbc.value.ValueRefusedException;

/** Writes texts, and refuses the one character that PostgreSQL cannot store. */
final class PostgreSqlTextWriter extends TextWriter {

	PostgreSqlTextWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		checkNoNul(column(), text(column(), value));
		super.writeValue(values, value);
	}

	static void checkNoNul(Column column, String text) throws ValueRefusedException {
		int nul = text.indexOf(0);
		if (nul >= 0) {
			throw ValueRefusedException.of(column,
					"the text holds the character NUL, at %d, which PostgreSQL does not store; remove it by a filter"
						.formatted(nul));
		}
	}

}
