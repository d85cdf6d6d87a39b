package io.deltasync.jdbc.dialect;

import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.jdbc.value.Column;

/** The upsert of databases that understand {@code ON CONFLICT}. */
public final class Conflicts {

	private Conflicts() {
	}

	/**
	 * Returns the statement that inserts rows or updates the rows that have their keys.
	 * @param setsKey whether the key is set, too: it may be another text that the column
	 * compares as equal
	 */
	public static String upsert(Table table, List<Column> columns, List<Column> key, int rows, boolean setsKey) {
		Dialect dialect = table.dialect();
		String updates = columns.stream()
			.filter((column) -> setsKey || !key.contains(column))
			.map((column) -> "%1$s = excluded.%1$s".formatted(dialect.quote(column.name())))
			.collect(Collectors.joining(", "));
		return "%s ON CONFLICT (%s) DO %s".formatted(dialect.insert(table, columns, rows), dialect.names(key),
				updates.isEmpty() ? "NOTHING" : "UPDATE SET " + updates);
	}

}
