package io.deltasync.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import io.deltasync.DeltaSyncApplication;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows whose values together are as large as the heap, in a process of its own.
 */
class SmallHeapIT {

	private static final int ROWS = 60;

	private static final int BYTES = 2_000_000;

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource(names = { "H2", "MYSQL", "MARIADB", "POSTGRESQL" })
	void rowsOfTwoMegabytesFitIntoASmallHeap(TestDatabase database) throws Exception {
		copy(database, "");
	}

	@ParameterizedTest
	@EnumSource(names = { "MYSQL", "MARIADB" })
	void rowsOfTwoMegabytesFitIntoASmallHeapInBulk(TestDatabase database) throws Exception {
		copy(database, ", bulk: true");
	}

	private void copy(TestDatabase database, String option) throws Exception {
		boolean h2 = database == TestDatabase.H2;
		String schema = h2 ? "" : database.createSchema();
		String url = h2 ? "jdbc:h2:file:" + this.directory.resolve("tables") : database.url(schema);
		DataSource tables = h2 ? new DriverManagerDataSource(url, "sa", "") : database.dataSource(schema);
		try (Connection connection = tables.getConnection()) {
			JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			for (String table : List.of("source_file", "target_file")) {
				jdbc.execute("CREATE TABLE %s (id INT PRIMARY KEY, content %s)".formatted(table, switch (database) {
					case H2 -> "BLOB";
					case POSTGRESQL -> "BYTEA";
					default -> "LONGBLOB";
				}));
			}
			insert(connection);
		}
		Files.writeString(this.directory.resolve("application.yaml"), """
				deltasync:
				  connections:
				    files: { url: "%s"%s }
				  links:
				    files:
				      source: { adapter: jdbc, connection: files, table: source_file }
				      target: { adapter: jdbc, connection: files, table: target_file%s }
				""".formatted(url, (database.username() != null) ? ", username: " + database.username() : "", option));
		Cli.Result result = new Cli(this.directory,
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						DeltaSyncApplication.class.getName()))
			.run("run", "files", "--json");
		assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
		JsonNode event = result.json();
		assertThat(event.at("/records/written").asInt()).isEqualTo(ROWS);
		assertThat(event.at("/errors/0/key").asString()).isEqualTo("999");
		assertThat(event.at("/errors/0/message").asString()).contains("-Xmx", "deltasync.buffer-memory");
	}

	private static void insert(Connection connection) throws Exception {
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO source_file VALUES (?, ?)")) {
			for (int id = 0; id < ROWS; id++) {
				byte[] content = new byte[BYTES];
				Arrays.fill(content, (byte) id);
				insert.setInt(1, id);
				insert.setBytes(2, content);
				insert.executeUpdate();
			}
			// larger than what may be in memory several times
			insert.setInt(1, 999);
			insert.setBytes(2, new byte[4 * BYTES]);
			insert.executeUpdate();
		}
	}

}
