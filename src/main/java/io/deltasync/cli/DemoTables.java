package io.deltasync.cli;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.schema.DatabaseUnavailableException;
import org.flywaydb.core.Flyway;

/**
 * Creates the demo's two databases if they do not exist: a shop with customers and an
 * empty warehouse.
 */
public class DemoTables {

	/**
	 * Creates the databases and their tables.
	 * @param connections has the connections {@code demo-shop} and {@code demo-warehouse}
	 * @throws DatabaseUnavailableException if a database cannot be opened
	 */
	public DemoTables(Connections connections) {
		make(connections, "shop");
		make(connections, "warehouse");
	}

	@SuppressWarnings("try")
	private static void make(Connections connections, String name) {
		DataSource database = connections.get("demo-" + name);
		try (Connection connection = database.getConnection()) {
			Flyway.configure()
				.dataSource(database)
				.locations("classpath:io/deltasync/db/demo/" + name)
				.load()
				.migrate();
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.of("The demo's database ./data/demo-" + name, ex);
		}
	}

}
