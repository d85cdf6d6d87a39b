package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.IndexCollector;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue of MySQL and MariaDB, where a schema is a database. */
final class MySqlCatalog implements Catalog {

	// An index on an expression has no column, and an index on a prefix does not hold the
	// whole value: neither counts as an index on a column.
	private static final String KEYS = """
			SELECT INDEX_NAME,
			COALESCE(IF(SUB_PART IS NULL, COLUMN_NAME, CONCAT(COLUMN_NAME, '(', SUB_PART, ')')), '(expression)'),
			NON_UNIQUE = 0, INDEX_NAME = 'PRIMARY'
			FROM INFORMATION_SCHEMA.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
			ORDER BY INDEX_NAME, SEQ_IN_INDEX""";

	private static final String UNSAFE_ENGINE = """
			SELECT T.ENGINE FROM INFORMATION_SCHEMA.TABLES T LEFT JOIN INFORMATION_SCHEMA.ENGINES E ON E.ENGINE = T.ENGINE
			WHERE T.TABLE_SCHEMA = ? AND T.TABLE_NAME = ? AND T.ENGINE IS NOT NULL
			AND COALESCE(E.TRANSACTIONS, 'NO') <> 'YES'""";

	@Override
	public List<String> schemas(Connection connection) throws SQLException {
		String schema = Queries
			.<@Nullable String>list(connection, "SELECT DATABASE()", List.of(), (row) -> row.getString(1))
			.get(0);
		return (schema != null) ? List.of(schema) : List.of();
	}

	@Override
	public List<Column> columns(Connection connection, String schema, String table) throws SQLException {
		return MySqlColumns.list(connection, schema, table);
	}

	@Override
	public TableKeys keys(Connection connection, String schema, String table) throws SQLException {
		IndexCollector indexes = new IndexCollector();
		Queries.list(connection, KEYS, List.of(schema, table), (row) -> {
			indexes.add(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4));
			return indexes;
		});
		return indexes.keys();
	}

	@Override
	public @Nullable String unsafeEngine(Connection connection, String schema, String table) throws SQLException {
		return Queries
			.<@Nullable String>list(connection, UNSAFE_ENGINE, List.of(schema, table), (row) -> row.getString(1))
			.stream()
			.findFirst()
			.orElse(null);
	}

}
