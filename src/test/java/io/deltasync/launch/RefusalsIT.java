package io.deltasync.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.example.endless.EndlessSource;
import io.deltasync.launch.Cli.Result;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What databases refuse on ordinary days: the event says why, and the log has no stack
 * trace.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RefusalsIT {

	@TempDir
	Path directory;

	@Test
	void refusedLoginIsSaidOnceWithItsRemedyAndWithoutAStackTrace() throws IOException {
		String schema = TestDatabase.MYSQL.createSchema();
		TestDatabase.MYSQL.execute(schema, List.of("CREATE TABLE t (id INT PRIMARY KEY)"));
		Cli cli = cli(TestDatabase.MYSQL.url(schema).replaceFirst("user=[^&]*", "user=nobody&password=wrong"), "", "");

		Result result = cli.run("run", "copy");

		assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
		assertThat(result.err()).doesNotContain("\tat ");
		assertThat(result.out()).containsOnlyOnce("Access denied")
			.containsPattern(
					"Errors +The source cannot be read: The connection 'crm' \\(jdbc:mysql:.*\\) cannot be had: Access denied")
			.contains("Correct user name and password below deltasync.connections.crm");
		TestDatabase.MYSQL.dropSchema(schema);
	}

	@Test
	void abortInARunOfSeveralScopesHasNoStackTrace() throws IOException {
		String schema = TestDatabase.MARIADB.createSchema();
		TestDatabase.MARIADB.execute(schema, List.of("CREATE TABLE t (id INT PRIMARY KEY, text VARCHAR(20) NULL)",
				"INSERT INTO t SELECT seq, NULL FROM seq_1_to_5000"));
		Cli cli = cli(TestDatabase.MARIADB.url(schema), "root", "");

		Result result = cli.run("run", "copy");

		assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
		assertThat(result.out()).contains("Scopes", "aborted");
		assertThat(result.err()).doesNotContain("\tat ");
		TestDatabase.MARIADB.dropSchema(schema);
	}

	@Test
	void readOnlyDatabaseOfTheJobRepositoryIsFiveAndNamed() throws IOException {
		Cli cli = cli("jdbc:h2:mem:unused", "sa", "");
		cli.run("links");

		Result result = cli.run("run", "copy",
				"--spring.datasource.url=jdbc:h2:file:./data/deltasync;ACCESS_MODE_DATA=r",
				"--spring.datasource.username=sa");

		assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
		assertThat(result.err())
			.contains("The database of the JobRepository (jdbc:h2:file:./data/deltasync;ACCESS_MODE_DATA=r)",
					"read only")
			.doesNotContain("\tat ");
	}

	private Cli cli(String url, String username, String password) throws IOException {
		Files.writeString(this.directory.resolve("application.yaml"),
				"""
						deltasync:
						  connections:
						    crm: { url: "%s", username: "%s", password: "%s" }
						    warehouse:
						      url: "jdbc:h2:mem:warehouse;DATABASE_TO_LOWER=TRUE;INIT=CREATE TABLE IF NOT EXISTS t (id INT PRIMARY KEY, text VARCHAR(20) NOT NULL)"
						      username: sa
						  links:
						    copy:
						      batch-size-limit: 100
						      source: { adapter: jdbc, connection: crm, table: t }
						      target: { adapter: jdbc, connection: warehouse, table: t }
						"""
					.formatted(url, username, password));
		return Cli.ofClasses(this.directory, EndlessSource.Adapters.class);
	}

}
