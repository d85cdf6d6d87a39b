package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Connections;
import io.deltasync.api.LinkContext;
import org.jspecify.annotations.Nullable;

/**
 * A cache of table descriptions for the JDBC adapters. Describing a table takes several
 * queries, so the description is read once per run and shared by all adapter instances of
 * the process. Thread-safe.
 */
public final class JdbcTables {

	private static final String TABLES = "SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES "
			+ "WHERE TABLE_SCHEMA = ?";

	private final Connections connections;

	/** By Link, connection and name. */
	private final Map<List<String>, Known> tables = new ConcurrentHashMap<>();

	/**
	 * Creates an empty cache.
	 * @param connections the databases
	 */
	public JdbcTables(Connections connections) {
		this.connections = connections;
	}

	/**
	 * Returns the description of a table, read at most once per run by this process. A
	 * worker does not plan, so nothing else would refresh the description of an earlier
	 * run.
	 */
	public Table get(LinkContext context, String connection, String name) throws SQLException {
		Known known = this.tables.get(List.of(context.linkName(), connection, name));
		return (known != null && known.run.equals(context.runTimestamp())) ? known.table
				: refresh(context, connection, name);
	}

	/** Reads the description of a table from the database. */
	public Table refresh(LinkContext context, String connectionName, String name) throws SQLException {
		try (Connection connection = this.connections.get(connectionName).getConnection()) {
			Dialect dialect = Dialect.of(connection, connectionName);
			// A row limit would hide some of the columns.
			try (Session session = Session.forReading(connection, dialect, false)) {
				Table table = describe(session.connection(), dialect, connectionName, name);
				this.tables.put(List.of(context.linkName(), connectionName, name),
						new Known(context.runTimestamp(), table));
				return table;
			}
		}
	}

	private static Table describe(Connection connection, Dialect dialect, String connectionName, String name)
			throws SQLException {
		String current = dialect.currentSchema(connection);
		Table table = (current != null) ? find(dialect, connection, connectionName, current, name) : null;
		// A dot separates the schema, but may also be part of a name.
		for (int dot = name.indexOf('.'); table == null && dot >= 0; dot = name.indexOf('.', dot + 1)) {
			table = find(dialect, connection, connectionName, name.substring(0, dot), name.substring(dot + 1));
		}
		if (table == null) {
			throw unknown(connection, connectionName, current, name);
		}
		return table;
	}

	private static @Nullable Table find(Dialect dialect, Connection connection, String connectionName, String schema,
			String name) throws SQLException {
		List<String[]> found = tables(connection, " AND TABLE_NAME = ?", List.of(schema, name));
		found.removeIf((candidate) -> !candidate[0].equals(name));
		if (found.isEmpty()) {
			found = tables(connection, " AND LOWER(TABLE_NAME) = LOWER(?)", List.of(schema, name));
		}
		if (found.size() != 1) {
			return null;
		}
		String exact = found.get(0)[0];
		List<Column> columns = dialect.columns(connection, schema, exact);
		if (columns.isEmpty()) {
			throw new AbortRunException("%s '%s' of connection '%s' cannot be read: %s".formatted(
					found.get(0)[1].contains("VIEW") ? "View" : "Table", exact, connectionName,
					unreadableReason(connection, dialect.quote(schema) + "." + dialect.quote(exact))));
		}
		Dialect.TableKeys keys = dialect.keys(connection, schema, exact);
		return new Table(dialect, connectionName, schema, exact, found.get(0)[1].contains("VIEW"), List.copyOf(columns),
				keys.primaryKey(), keys.indexes(), dialect.unsafeEngine(connection, schema, exact));
	}

	/**
	 * A view has no columns when a table, column or privilege that it needs is missing.
	 */
	private static String unreadableReason(Connection connection, String quoted) {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT * FROM " + quoted + " WHERE 1 = 0")) {
			return "it has no columns";
		}
		catch (SQLException ex) {
			return WriteFailure.words(ex);
		}
	}

	private static List<String[]> tables(Connection connection, String condition, List<String> parameters)
			throws SQLException {
		return Queries.list(connection, TABLES + condition, parameters,
				(row) -> new String[] { row.getString(1), row.getString(2) });
	}

	private static AbortRunException unknown(Connection connection, String connectionName, @Nullable String schema,
			String name) throws SQLException {
		if (schema == null) {
			return new AbortRunException(("There is no table '%s' at connection '%s', whose URL names no database; "
					+ "add one to the URL, or write the table as database.table")
				.formatted(name, connectionName));
		}
		List<String> names = new ArrayList<>();
		for (String[] table : tables(connection, "", List.of(schema))) {
			names.add(table[0]);
		}
		return new AbortRunException("There is no table '%s' in schema '%s' of connection '%s'; %s".formatted(name,
				schema, connectionName, SimilarNames.describe(name, names)));
	}

	private record Known(Instant run, Table table) {

	}

}
