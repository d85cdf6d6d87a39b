package io.deltasync.jdbc.generic;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.IndexCollector;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue of a database through the metadata of its driver. */
final class GenericCatalog implements Catalog {

	@Override
	public List<String> schemas(Connection connection) throws SQLException {
		String schema = connection.getSchema();
		return (schema != null) ? List.of(schema) : List.of();
	}

	@Override
	public List<Relation> relations(Connection connection, String schema, @Nullable String name) throws SQLException {
		List<Relation> relations = new ArrayList<>();
		try (ResultSet rows = connection.getMetaData()
			.getTables(connection.getCatalog(), pattern(connection, schema), null, null)) {
			while (rows.next()) {
				String type = String.valueOf(rows.getString("TABLE_TYPE"));
				boolean view = type.contains("VIEW");
				String table = rows.getString("TABLE_NAME");
				if (schema.equals(rows.getString("TABLE_SCHEM")) && (view || type.contains("TABLE"))
						&& (name == null || name.equalsIgnoreCase(table))) {
					relations.add(new Relation(table, view));
				}
			}
		}
		return relations;
	}

	/** Escapes a name, which the driver would take for a pattern. */
	private static String pattern(Connection connection, String name) throws SQLException {
		String escape = connection.getMetaData().getSearchStringEscape();
		return (escape == null || escape.isEmpty()) ? name
				: name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
	}

	@Override
	public List<Column> columns(Connection connection, String schema, String table) throws SQLException {
		Set<String> key = new HashSet<>(primaryKey(connection, schema, table));
		List<Column> columns = new ArrayList<>();
		try (ResultSet rows = connection.getMetaData()
			.getColumns(connection.getCatalog(), pattern(connection, schema), pattern(connection, table), null)) {
			while (rows.next()) {
				// without an escape, a name may match others
				if (schema.equals(rows.getString("TABLE_SCHEM")) && table.equals(rows.getString("TABLE_NAME"))) {
					columns.add(column(rows, key));
				}
			}
		}
		return columns;
	}

	private static Column column(ResultSet row, Set<String> key) throws SQLException {
		String name = row.getString("COLUMN_NAME");
		int type = row.getInt("DATA_TYPE");
		String typeName = row.getString("TYPE_NAME");
		int size = row.getInt("COLUMN_SIZE");
		int digits = row.getInt("DECIMAL_DIGITS");
		// some drivers describe the columns of a primary key as nullable
		boolean nullable = row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls && !key.contains(name);
		String byDefault = row.getString("COLUMN_DEF");
		boolean numbered = "YES".equals(row.getString("IS_AUTOINCREMENT"));
		return GenericTypes.column(name, type, typeName, size, digits)
			.nullable(nullable)
			.optional(nullable || numbered || byDefault != null)
			.numbered(numbered)
			.computed("YES".equals(row.getString("IS_GENERATEDCOLUMN")))
			.filled(Stream.ofNullable(byDefault).toList())
			.build();
	}

	@Override
	public TableKeys keys(Connection connection, String schema, String table) throws SQLException {
		IndexCollector indexes = new IndexCollector();
		primaryKey(connection, schema, table).forEach((column) -> indexes.add("PRIMARY KEY", column, true, true));
		try (ResultSet rows = connection.getMetaData()
			.getIndexInfo(connection.getCatalog(), schema, table, false, true)) {
			while (rows.next()) {
				String name = rows.getString("INDEX_NAME");
				String column = rows.getString("COLUMN_NAME");
				if (name != null && rows.getShort("TYPE") != DatabaseMetaData.tableIndexStatistic) {
					indexes.add(name, (column != null) ? column : "an expression",
							!rows.getBoolean("NON_UNIQUE") && rows.getString("FILTER_CONDITION") == null, false);
				}
			}
		}
		return indexes.keys();
	}

	private static List<String> primaryKey(Connection connection, String schema, String table) throws SQLException {
		TreeMap<Integer, String> columns = new TreeMap<>();
		try (ResultSet rows = connection.getMetaData().getPrimaryKeys(connection.getCatalog(), schema, table)) {
			while (rows.next()) {
				columns.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
			}
		}
		return List.copyOf(columns.values());
	}

	@Override
	public @Nullable String unsafeEngine(Connection connection, String schema, String table) throws SQLException {
		return connection.getMetaData().supportsTransactions() ? null
				: connection.getMetaData().getDatabaseProductName();
	}

}
