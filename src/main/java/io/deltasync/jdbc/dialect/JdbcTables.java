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
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * A cache of table descriptions for the JDBC adapters. Describing a table takes several
 * queries, so the description is read once per run and shared by all adapter instances of
 * the process. Thread-safe.
 */
public final class JdbcTables {

	private final Connections connections;

	private final Dialects dialects;

	/** By Link, connection and name. */
	private final Map<List<String>, Known> tables = new ConcurrentHashMap<>();

	/**
	 * Creates an empty cache.
	 * @param connections the databases
	 * @param dialects the supported databases
	 */
	public JdbcTables(Connections connections, Dialects dialects) {
		this.connections = connections;
		this.dialects = dialects;
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
			Dialect dialect = this.dialects.of(connection, connectionName);
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
		List<String> schemas = dialect.catalog().schemas(connection);
		for (String schema : schemas) {
			Table table = find(dialect, connection, connectionName, schema, name);
			if (table != null) {
				return table;
			}
		}
		// A dot separates the schema, but may also be part of a name.
		for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
			Table table = find(dialect, connection, connectionName, name.substring(0, dot), name.substring(dot + 1));
			if (table != null) {
				return table;
			}
		}
		throw unknown(dialect, connection, connectionName, schemas, name);
	}

	private static @Nullable Table find(Dialect dialect, Connection connection, String connectionName, String schema,
			String name) throws SQLException {
		Catalog catalog = dialect.catalog();
		List<Catalog.Relation> relations = catalog.relations(connection, schema, name);
		List<Catalog.Relation> found = relations.stream().filter((relation) -> relation.name().equals(name)).toList();
		if (found.isEmpty()) {
			found = relations.stream().filter((relation) -> relation.name().equalsIgnoreCase(name)).toList();
		}
		if (found.size() != 1) {
			return null;
		}
		String exact = found.get(0).name();
		boolean view = found.get(0).view();
		List<Column> columns = catalog.columns(connection, schema, exact);
		if (columns.isEmpty()) {
			throw new AbortRunException("%s '%s' of connection '%s' cannot be read: %s".formatted(
					view ? "View" : "Table", exact, connectionName,
					unreadableReason(connection, dialect.quote(schema) + "." + dialect.quote(exact))));
		}
		Catalog.TableKeys keys = catalog.keys(connection, schema, exact);
		return new Table(dialect, connectionName, schema, exact, view, List.copyOf(columns), keys.primaryKey(),
				keys.indexes(), catalog.unsafeEngine(connection, schema, exact));
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

	private static AbortRunException unknown(Dialect dialect, Connection connection, String connectionName,
			List<String> schemas, String name) throws SQLException {
		if (schemas.isEmpty()) {
			return new AbortRunException(("There is no table '%s' at connection '%s', whose URL names no database; "
					+ "add one to the URL, or write the table as database.table")
				.formatted(name, connectionName));
		}
		List<String> names = new ArrayList<>();
		for (String schema : schemas) {
			dialect.catalog().relations(connection, schema, null).forEach((relation) -> names.add(relation.name()));
		}
		return new AbortRunException("There is no table '%s' in schema '%s' of connection '%s'; %s".formatted(name,
				String.join("', '", schemas), connectionName, SimilarNames.describe(name, names)));
	}

	private record Known(Instant run, Table table) {

	}

}
