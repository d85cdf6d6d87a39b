package io.deltasync.jdbc.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.IndexCollector;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue of PostgreSQL, which has materialized views and the types of
 * domains, unlike the information schema.
 */
final class PostgreSqlCatalog implements Catalog {

	/** Tables with and without partitions, foreign tables, and both kinds of views. */
	private static final String RELATIONS = """
			SELECT c.relname, c.relkind IN ('v', 'm') FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'f', 'v', 'm')""";

	// Only a b-tree has an order, and only one that holds all rows can find each of them.
	private static final String KEYS = """
			SELECT ic.relname, COALESCE(a.attname, '(expression)'),
			i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL, i.indisprimary,
			CASE WHEN NOT i.indisunique THEN NULL
			WHEN i.indpred IS NOT NULL THEN 'partial: WHERE ' || pg_catalog.pg_get_expr(i.indpred, i.indrelid)
			WHEN NOT i.indimmediate THEN 'DEFERRABLE' WHEN NOT i.indisvalid THEN 'invalid' END
			FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
			JOIN pg_catalog.pg_am am ON am.oid = ic.relam
			JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			CROSS JOIN LATERAL generate_series(0, i.indnkeyatts - 1) AS k(n)
			LEFT JOIN pg_catalog.pg_attribute a
			ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.n] AND a.attnum > 0
			WHERE n.nspname = ? AND c.relname = ? AND am.amname = 'btree'
			AND (i.indisunique OR (i.indisvalid AND i.indpred IS NULL))
			ORDER BY i.indisprimary DESC, ic.relname, k.n""";

	private static final String HIDES_ROWS = """
			SELECT 'row security is enabled for it' FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = ? AND c.relname = ? AND pg_catalog.row_security_active(c.oid)""";

	@Override
	public List<String> schemas(Connection connection) throws SQLException {
		return Queries.list(connection, "SELECT unnest(pg_catalog.current_schemas(false))", List.of(),
				(row) -> row.getString(1));
	}

	@Override
	public List<Relation> relations(Connection connection, String schema, @Nullable String name) throws SQLException {
		List<String> parameters = new ArrayList<>(List.of(schema));
		if (name != null) {
			parameters.add(name);
		}
		return Queries.list(connection, (name != null) ? RELATIONS + " AND lower(c.relname) = lower(?)" : RELATIONS,
				parameters, (row) -> new Relation(row.getString(1), row.getBoolean(2)));
	}

	@Override
	public List<Column> columns(Connection connection, String schema, String table) throws SQLException {
		return PostgreSqlColumns.list(connection, schema, table);
	}

	@Override
	public TableKeys keys(Connection connection, String schema, String table) throws SQLException {
		IndexCollector indexes = new IndexCollector();
		Queries.list(connection, KEYS, List.of(schema, table), (row) -> {
			indexes.add(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4));
			indexes.note(row.getString(1), row.getString(5));
			return indexes;
		});
		return indexes.keys();
	}

	@Override
	public @Nullable String hiddenRows(Connection connection, String schema, String table) throws SQLException {
		return Queries.<@Nullable String>list(connection, HIDES_ROWS, List.of(schema, table), (row) -> row.getString(1))
			.stream()
			.findFirst()
			.orElse(null);
	}

}
