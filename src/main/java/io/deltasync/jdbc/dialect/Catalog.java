package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * Describes the tables of a database. Names are compared exactly; nothing in them is a
 * pattern. Stateless and therefore thread-safe.
 */
public interface Catalog {

	/**
	 * Returns the schemas in which a table without a schema is looked up, in order; empty
	 * if the session has none.
	 */
	List<String> schemas(Connection connection) throws SQLException;

	/**
	 * Returns the tables and views of a schema.
	 * @param name only those with this name, in any case; null for all
	 */
	default List<Relation> relations(Connection connection, String schema, @Nullable String name) throws SQLException {
		String sql = "SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = ?";
		List<String> parameters = new ArrayList<>(List.of(schema));
		if (name != null) {
			sql += " AND LOWER(TABLE_NAME) = LOWER(?)";
			parameters.add(name);
		}
		return Queries.list(connection, sql, parameters,
				(row) -> new Relation(row.getString(1), row.getString(2).contains("VIEW")));
	}

	/** Returns the columns of a table in order; empty when it cannot be described. */
	List<Column> columns(Connection connection, String schema, String table) throws SQLException;

	/** Returns the primary key and the indexes of a table. */
	TableKeys keys(Connection connection, String schema, String table) throws SQLException;

	/**
	 * Returns the storage engine of a table if it has no transactions, otherwise null.
	 */
	default @Nullable String unsafeEngine(Connection connection, String schema, String table) throws SQLException {
		return null;
	}

	/** Returns the reason why the account may not see all rows of a table, or null. */
	default @Nullable String hiddenRows(Connection connection, String schema, String table) throws SQLException {
		return null;
	}

	/**
	 * A table or a view.
	 *
	 * @param name its name as stored
	 * @param view whether it is a view
	 */
	record Relation(String name, boolean view) {

	}

	/**
	 * The keys and indexes of a table.
	 *
	 * @param primaryKey the columns of the primary key, in order; may be empty
	 * @param indexes all indexes
	 */
	record TableKeys(List<String> primaryKey, List<Index> indexes) {

	}

}
