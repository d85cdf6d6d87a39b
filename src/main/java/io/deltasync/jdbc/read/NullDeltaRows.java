package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.api.RunContext;
import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.Table;

/**
 * Warns of rows that no delta run will find, because their delta column is NULL.
 */
final class NullDeltaRows {

	private NullDeltaRows() {
	}

	static void warn(Connection connection, Table table, Column deltaColumn) throws SQLException {
		if (!deltaColumn.nullable()) {
			return;
		}
		String sql = "SELECT COUNT(*) FROM %s WHERE %s IS NULL".formatted(table.quoted(),
				table.dialect().quote(deltaColumn.name()));
		long count = Queries.list(connection, sql, List.of(), (row) -> row.getLong(1)).get(0);
		if (count > 0) {
			RunContext.currentContext()
				.addWarning("%d rows of %s have no '%s'; they are found by full runs only".formatted(count, table,
						deltaColumn.name()));
		}
	}

}
