package io.deltasync.jdbc.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.IndexCollector;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue of DuckDB, of the database that the URL names. */
final class DuckDbCatalog implements Catalog {

	private static final String RELATIONS = """
			SELECT table_name, FALSE FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = ?
			UNION ALL
			SELECT view_name, TRUE FROM duckdb_views() WHERE database_name = current_database() AND schema_name = ?""";

	private static final String COLUMNS = """
			SELECT column_name, data_type, is_nullable, column_default FROM duckdb_columns()
			WHERE database_name = current_database() AND schema_name = ? AND table_name = ? ORDER BY column_index""";

	private static final String DEFINITION = """
			SELECT sql FROM duckdb_tables()
			WHERE database_name = current_database() AND schema_name = ? AND table_name = ?""";

	private static final String CONSTRAINTS = """
			SELECT constraint_name, unnest(constraint_column_names), constraint_type = 'PRIMARY KEY'
			FROM duckdb_constraints() WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
			AND constraint_type IN ('PRIMARY KEY', 'UNIQUE')""";

	private static final String INDEXES = """
			SELECT index_name, expressions, is_unique FROM duckdb_indexes()
			WHERE database_name = current_database() AND schema_name = ? AND table_name = ?""";

	private static final Pattern EXPRESSION = Pattern.compile("'?\"((?:[^\"]|\"\")+)\"'?|([^,\\s\\[\\]]+)");

	private static final Pattern COLLATION = Pattern.compile("(?i)\\bCOLLATE\\b");

	@Override
	public List<String> schemas(Connection connection) throws SQLException {
		return List.of(connection.getSchema());
	}

	@Override
	public List<Relation> relations(Connection connection, String schema, @Nullable String name) throws SQLException {
		return Queries
			.list(connection, RELATIONS, List.of(schema, schema),
					(row) -> new Relation(row.getString(1), row.getBoolean(2)))
			.stream()
			.filter((relation) -> name == null || name.equalsIgnoreCase(relation.name()))
			.toList();
	}

	@Override
	public List<Column> columns(Connection connection, String schema, String table) throws SQLException {
		boolean collated = Queries.list(connection, DEFINITION, List.of(schema, table), (row) -> row.getString(1))
			.stream()
			.anyMatch((definition) -> COLLATION.matcher(definition).find());
		List<Column.Builder> builders = new ArrayList<>();
		List<String> computable = new ArrayList<>();
		Queries.list(connection, COLUMNS, List.of(schema, table), (row) -> {
			builders.add(column(row, collated));
			String byDefault = row.getString(4);
			computable.add((byDefault != null && byDefault.startsWith("CAST(")) ? row.getString(1) : "");
			return true;
		});
		List<Column> columns = new ArrayList<>();
		for (int i = 0; i < builders.size(); i++) {
			boolean computed = !computable.get(i).isEmpty() && isComputed(connection, schema, table, computable.get(i));
			columns.add(builders.get(i).computed(computed).build());
		}
		return columns;
	}

	private static Column.Builder column(ResultSet row, boolean collated) throws SQLException {
		boolean nullable = row.getBoolean(3);
		String byDefault = row.getString(4);
		return DuckDbTypes.column(row.getString(1), row.getString(2), collated)
			.nullable(nullable)
			.optional(nullable || byDefault != null)
			.numbered(byDefault != null && byDefault.toLowerCase(Locale.ROOT).contains("nextval("))
			.filled(Stream.ofNullable(byDefault).toList());
	}

	/**
	 * Whether only the database writes a column. The catalogue shows its expression as a
	 * default, so an insert is planned, but not executed.
	 */
	private static boolean isComputed(Connection connection, String schema, String table, String column) {
		try (Statement statement = connection.createStatement()) {
			statement.execute("EXPLAIN INSERT INTO %s.%s (%s) VALUES (NULL)".formatted(DuckDbDialect.quoted(schema),
					DuckDbDialect.quoted(table), DuckDbDialect.quoted(column)));
			return false;
		}
		catch (SQLException ex) {
			return String.valueOf(ex.getMessage()).contains("generated column");
		}
	}

	@Override
	public TableKeys keys(Connection connection, String schema, String table) throws SQLException {
		IndexCollector indexes = new IndexCollector();
		Queries.list(connection, CONSTRAINTS, List.of(schema, table), (row) -> {
			indexes.add(row.getString(1), row.getString(2), true, row.getBoolean(3));
			return true;
		});
		Queries.list(connection, INDEXES, List.of(schema, table), (row) -> {
			Matcher names = EXPRESSION.matcher(row.getString(2));
			while (names.find()) {
				indexes.add(row.getString(1),
						(names.group(1) != null) ? names.group(1).replace("\"\"", "\"") : names.group(2),
						row.getBoolean(3), false);
			}
			return true;
		});
		return indexes.keys();
	}

}
