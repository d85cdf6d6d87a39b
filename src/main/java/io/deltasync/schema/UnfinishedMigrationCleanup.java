package io.deltasync.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;

/**
 * Drops the tables of an unfinished migration whose process died: DDL is not rolled back,
 * and a table cannot be created twice. Drops only tables that have no rows and exactly
 * the columns of the script; any other table belongs to the application. Meanwhile,
 * Flyway's lock keeps other processes from creating the tables.
 */
final class UnfinishedMigrationCleanup extends BaseCallback {

	private static final Logger logger = LoggerFactory.getLogger(UnfinishedMigrationCleanup.class);

	private final String location;

	private final TableNames names;

	/**
	 * Creates a callback.
	 * @param location where the scripts are in the class path
	 * @param names the names of the tables
	 */
	UnfinishedMigrationCleanup(String location, TableNames names) {
		this.location = location;
		this.names = names;
	}

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.BEFORE_EACH_MIGRATE;
	}

	@Override
	public void handle(Event event, Context context) {
		MigrationInfo migration = context.getMigrationInfo();
		if (!migration.getScript().endsWith(".sql")) {
			return;
		}
		Map<String, Set<String>> created = CreateStatements.columns(this.names.apply(text(migration.getScript())));
		List<String> lastFirst = new ArrayList<>(created.keySet());
		// a table may refer to earlier ones
		Collections.reverse(lastFirst);
		Connection connection = context.getConnection();
		try {
			SchemaObjects existing = SchemaObjects.of(connection);
			for (String table : lastFirst) {
				if (existing.contains(table)) {
					checkOurs(connection, table, existing.columns(connection, table).equals(created.get(table)));
				}
			}
			for (String table : lastFirst) {
				if (existing.contains(table)) {
					drop(connection, table);
				}
			}
		}
		catch (SQLException ex) {
			throw new FlywayException("The tables left by an unfinished migration to version %s cannot be dropped: %s"
				.formatted(migration.getVersion(), ex.getMessage()), ex);
		}
	}

	private String text(String script) {
		try {
			return new ClassPathResource(this.location + "/" + script).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void checkOurs(Connection connection, String table, boolean sameColumns) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT 1 FROM %s LIMIT 1".formatted(table))) {
			if (row.next()) {
				throw new SQLException(
						"table %s holds rows, though it is not known to Flyway's history".formatted(table));
			}
		}
		if (!sameColumns) {
			throw new SQLException(
					"table %s has other columns than DeltaSync's, so it is another application's; rename it, or give DeltaSync a database of its own"
						.formatted(table));
		}
	}

	private static void drop(Connection connection, String table) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("DROP TABLE " + table);
		}
		logger.info("Table {} was left by an unfinished migration and will be created again", table);
	}

}
