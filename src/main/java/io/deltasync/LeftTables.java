package io.deltasync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;

/**
 * Removes the tables that a migration has left which was never finished, as its process
 * died: no database takes a table back by itself, and it could not be made again. Only
 * tables without a row; Flyway's lock keeps others from making them meanwhile.
 */
final class LeftTables extends BaseCallback {

	private static final Pattern CREATE_TABLE = Pattern.compile("^CREATE TABLE (\\w+)", Pattern.MULTILINE);

	private static final Logger logger = LoggerFactory.getLogger(LeftTables.class);

	private final String location;

	/**
	 * Makes a callback.
	 * @param location where the scripts are, in the class path
	 */
	LeftTables(String location) {
		this.location = location;
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
		Deque<String> tables = tables(migration.getScript());
		try {
			for (String table : tables) {
				if (exists(context.getConnection(), table)) {
					drop(context.getConnection(), table);
					logger.info("Table {} was left by a migration that was not finished, and is made again", table);
				}
			}
		}
		catch (SQLException ex) {
			throw new FlywayException("What a migration to version %s has left cannot be removed: %s"
				.formatted(migration.getVersion(), ex.getMessage()), ex);
		}
	}

	/** The last first: it may refer to others. */
	private Deque<String> tables(String script) {
		Deque<String> tables = new ArrayDeque<>();
		try {
			Matcher matcher = CREATE_TABLE.matcher(
					new ClassPathResource(this.location + "/" + script).getContentAsString(StandardCharsets.UTF_8));
			while (matcher.find()) {
				tables.addFirst(matcher.group(1));
			}
			return tables;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean exists(Connection connection, String table) throws SQLException {
		try (ResultSet tables = connection.getMetaData()
			.getTables(connection.getCatalog(), connection.getSchema(), table, null)) {
			return tables.next();
		}
	}

	private static void drop(Connection connection, String table) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			try (ResultSet row = statement.executeQuery("SELECT 1 FROM %s LIMIT 1".formatted(table))) {
				if (row.next()) {
					throw new SQLException(
							"table %s holds rows, though it is not known to Flyway's history".formatted(table));
				}
			}
			statement.execute("DROP TABLE " + table);
		}
	}

}
