package io.deltasync.jdbc.write;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.ValueRefusedException;

/**
 * Writes values of an ENUM or SET exactly as listed. The server itself would accept
 * another case, trailing spaces, a number as the position of a value, and the values of a
 * SET in any order.
 */
final class EnumWriter extends ColumnWriter {

	private final boolean ofKey;

	private final boolean set;

	private final Set<String> members;

	EnumWriter(Column column, boolean ofKey) {
		super(column);
		this.ofKey = ofKey;
		this.set = isNamed(column, "set");
		this.members = new HashSet<>(column.members());
	}

	@Override
	void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		String text = TextWriter.text(column(), value);
		if (this.set ? !isSet(text) : !this.members.contains(text)) {
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
