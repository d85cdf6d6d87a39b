package io.deltasync.jdbc.delta;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.KeyValue;

/**
 * Counts the rows whose delta column is ahead of the source's clock, up to a limit.
 */
final class LaterRows {

	/** The maximum number of rows that are counted. */
	static final int MOST = 1000;

	private LaterRows() {
	}

	/**
	 * Counts rows.
	 * @param value the value that the delta column must exceed, as text of
	 * {@link KeyValue}
	 * @return the number of rows, {@value #MOST} at most
	 */
	static int count(Connection connection, Table table, Column column, String value) throws SQLException {
		Dialect dialect = table.dialect();
		String later = "SELECT 1 AS n FROM %s WHERE %s > %s".formatted(table.quoted(), dialect.comparing(column),
				dialect.placeholder(column));
		String sql = "SELECT COUNT(*) FROM (%s) later".formatted(dialect.limited(later, MOST));
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setMaxRows(0);
			KeyValue.bind(dialect.sink(statement), column, value);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getInt(1);
			}
		}
	}

	/** Returns the number of rows in words, for messages. */
	static String describe(int count, Table table) {
		return "%s of %s".formatted(
				(count < MOST) ? ((count == 1) ? "1 row" : count + " rows") : "at least %,d rows".formatted(MOST),
				table);
	}

}
