package io.deltasync.jdbc.read;

import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.KeyNames;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;

/** The columns of a table that records have as properties. */
final class ReadColumns {

	private ReadColumns() {
	}

	/**
	 * Returns all columns, or those that the option names.
	 * @return the columns in the order of the table
	 * @throws AbortRunException if one of them does not exist, or if one is missing
	 * without which a record could not be identified or compared with a window
	 */
	static List<Column> of(Table table, JdbcSourceOptions options) {
		List<String> configured = options.columns();
		if (configured == null) {
			return table.columns();
		}
		List<Column> read = table.columns(configured, "columns");
		for (Column column : KeyNames.resolve(table, options.key())) {
			require(read, column, "which is part of the key", table);
		}
		if (options.deltaColumn() != null) {
			require(read, table.column(options.deltaColumn(), "delta-column"), "which is the delta-column", table);
		}
		return table.columns().stream().filter(read::contains).toList();
	}

	private static void require(List<Column> read, Column column, String role, Table table) {
		if (!read.contains(column)) {
			throw new AbortRunException("The option columns leaves out '%s' of %s, %s; add it to columns"
				.formatted(column.name(), table, role));
		}
	}

}
