package io.deltasync.jdbc.mysql;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.TextWriter;
import io.deltasync.jdbc.value.ValueRefusedException;

/**
 * Writes values of a SET exactly as listed, in any order. The server itself would accept
 * another case, trailing spaces, and a number for a combination.
 */
final class SetWriter extends ColumnWriter {

	private final boolean ofKey;

	private final Set<String> members;

	SetWriter(Column column, boolean ofKey) {
		super(column);
		this.ofKey = ofKey;
		this.members = Set.copyOf(column.members());
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		String text = TextWriter.text(column(), value);
		if (!isSet(text)) {
			throw ValueRefusedException.of(column(), "'%s' is none of its values".formatted(text));
		}
		values.add(text);
	}

	private boolean isSet(String text) {
		if (text.isEmpty()) {
			return true;
		}
		List<String> given = Arrays.asList(text.split(",", -1));
		boolean known = this.members.containsAll(given) && new HashSet<>(given).size() == given.size();
		return known && (!this.ofKey
				|| text.equals(String.join(",", column().members().stream().filter(given::contains).toList())));
	}

}
