package io.deltasync.jdbc.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.IndexCollector;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue of SQLite. */
final class SqliteCatalog implements Catalog {

	private static final String RELATIONS = "SELECT name, type FROM pragma_table_list WHERE schema = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

	private static final String STRICT = "SELECT strict FROM pragma_table_list(?) WHERE schema = ?";

	/** Leaves out the hidden columns of virtual tables. */
	private static final String COLUMNS = "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?, ?) WHERE hidden <> 1 ORDER BY cid";

	private static final String PRIMARY_KEY = "SELECT name FROM pragma_table_xinfo(?, ?) WHERE pk > 0 ORDER BY pk";

	/** A partial index is not unique for all rows. Expressions have no name. */
	private static final String INDEXES = """
			SELECT l.name, x.name, l."unique" = 1 AND l.partial = 0, l.origin = 'pk'
			FROM pragma_index_list(?1, ?2) l JOIN pragma_index_xinfo(l.name, ?2) x
			WHERE x.key = 1 ORDER BY l.seq, x.seqno""";

	@Override
	public List<String> schemas(Connection connection) {
		return List.of("main");
	}

	@Override
	public List<Relation> relations(Connection connection, String schema, @Nullable String name) throws SQLException {
		return Queries
			.list(connection, RELATIONS, List.of(schema),
					(row) -> new Relation(row.getString(1), row.getString(2).equals("view")))
			.stream()
			.filter((relation) -> name == null || name.equalsIgnoreCase(relation.name()))
			.toList();
	}

	@Override
	public List<Column> columns(Connection connection, String schema, String table) throws SQLException {
		boolean strict = Queries.list(connection, STRICT, List.of(table, schema), (row) -> row.getBoolean(1))
			.contains(true);
		return Queries.list(connection, COLUMNS, List.of(table, schema), (row) -> column(row, strict));
	}

	/**
	 * Describes the columns of a primary key as NOT NULL, as every other database does,
	 * although SQLite permits NULL in some.
	 */
	private static Column column(ResultSet row, boolean strict) throws SQLException {
		String declared = row.getString(2);
		boolean ofKey = row.getInt(5) > 0;
		boolean nullable = !row.getBoolean(3) && !ofKey;
		boolean numbered = ofKey && "INTEGER".equalsIgnoreCase(declared);
		String byDefault = row.getString(4);
		return SqliteTypes.column(row.getString(1), (declared != null) ? declared : "", strict)
			.nullable(nullable)
			.optional(nullable || numbered || byDefault != null)
			.numbered(numbered)
			.computed(row.getInt(6) > 1)
			.filled(Stream.ofNullable(byDefault).toList())
			.build();
	}

	@Override
	public TableKeys keys(Connection connection, String schema, String table) throws SQLException {
		IndexCollector indexes = new IndexCollector();
		Queries.list(connection, INDEXES, List.of(table, schema), (row) -> {
			String column = Objects.requireNonNullElse(row.getString(2), "an expression");
			indexes.add(row.getString(1), column, row.getBoolean(3), row.getBoolean(4));
			return indexes;
		});
		List<String> primaryKey = Queries.list(connection, PRIMARY_KEY, List.of(table, schema),
				(row) -> row.getString(1));
		if (indexes.keys().primaryKey().isEmpty()) {
			// the number of the row itself has no index
			primaryKey.forEach((column) -> indexes.add("PRIMARY KEY", column, true, true));
		}
		return indexes.keys();
	}

}
