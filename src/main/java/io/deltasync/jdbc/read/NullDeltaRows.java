package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.api.RunContext;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;

/**
 * Warns of rows that no delta run will find, because their delta column is NULL, or holds
 * a value that the database cannot compare with others.
 */
final class NullDeltaRows {

	private NullDeltaRows() {
	}

	static void warn(Connection connection, Table table, Column deltaColumn, RowCondition condition)
			throws SQLException {
		String compared = table.dialect().comparing(deltaColumn);
		boolean converted = !compared.equals(table.dialect().quote(deltaColumn.name()));
		if (!deltaColumn.nullable() && !converted) {
			return;
		}
		String sql = "SELECT COUNT(*) FROM %s WHERE %s IS NULL".formatted(table.quoted(), compared) + condition.and();
		long count = Queries.list(connection, sql, List.of(), (row) -> row.getLong(1)).get(0);
		if (count > 0) {
			RunContext.currentContext()
				.addWarning("%d rows of %s have no '%s'%s; they are found by full runs only".formatted(count, table,
						deltaColumn.name(), converted ? " that can be compared" : ""));
		}
	}

}
