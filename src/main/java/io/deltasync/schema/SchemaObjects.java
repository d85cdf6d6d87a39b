package io.deltasync.schema;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The tables and sequences of a connection's schema at the time when they were read.
 * Names are compared as in the database: MySQL may distinguish upper and lower case.
 */
final class SchemaObjects {

	private final boolean caseSensitive;

	/** The stored names by the names as they are compared. */
	private final Map<String, String> names = new HashMap<>();

	private SchemaObjects(boolean caseSensitive) {
		this.caseSensitive = caseSensitive;
	}

	/**
	 * Reads the names of all tables, views and sequences.
	 * @param connection a connection to the schema
	 * @return the names
	 * @throws SQLException when they cannot be read
	 */
	static SchemaObjects of(Connection connection) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		SchemaObjects objects = new SchemaObjects(metaData.supportsMixedCaseIdentifiers());
		try (ResultSet tables = metaData.getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
			while (tables.next()) {
				objects.add(tables.getString("TABLE_NAME"));
			}
		}
		if (metaData.getDatabaseProductName().equals("H2")) {
			try (PreparedStatement statement = connection.prepareStatement(
					"SELECT SEQUENCE_NAME FROM INFORMATION_SCHEMA.SEQUENCES WHERE SEQUENCE_SCHEMA = SCHEMA()");
					ResultSet sequences = statement.executeQuery()) {
				while (sequences.next()) {
					objects.add(sequences.getString(1));
				}
			}
		}
		return objects;
	}

	private void add(String name) {
		this.names.put(compared(name), name);
	}

	private String compared(String name) {
		return this.caseSensitive ? name : name.toUpperCase(Locale.ROOT);
	}

	boolean contains(String name) {
		return this.names.containsKey(compared(name));
	}

	/**
	 * Reads the columns of a table.
	 * @param connection the connection from which the names were read
	 * @param table the table
	 * @return their names in upper case; empty when there is no such table
	 * @throws SQLException when they cannot be read
	 */
	Set<String> columns(Connection connection, String table) throws SQLException {
		Set<String> found = new HashSet<>();
		@Nullable String stored = this.names.get(compared(table));
		if (stored != null) {
			try (ResultSet columns = connection.getMetaData()
				.getColumns(connection.getCatalog(), connection.getSchema(), stored, "%")) {
				while (columns.next()) {
					// an underscore in a name matches any character here
					if (columns.getString("TABLE_NAME").equals(stored)) {
						found.add(columns.getString("COLUMN_NAME").toUpperCase(Locale.ROOT));
					}
				}
			}
		}
		return found;
	}

}
