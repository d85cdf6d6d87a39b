package io.deltasync.jdbc.mysql;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.TextWriter;
import io.deltasync.jdbc.value.ValueRefusedException;

/**
 * Writes texts to TINYTEXT, TEXT and MEDIUMTEXT, which count bytes, and of which the
 * server truncates excess trailing spaces silently.
 */
final class MySqlTextWriter extends TextWriter {

	MySqlTextWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		String text = text(column(), value);
		if (text.endsWith(" ") && text.getBytes(StandardCharsets.UTF_8).length > column().size()) {
			throw ValueRefusedException.of(column(),
					"the text has %d bytes, and would lose its trailing spaces; make the column longer, or the text shorter by mapping"
						.formatted(text.getBytes(StandardCharsets.UTF_8).length));
		}
		super.writeValue(values, value);
	}

}
