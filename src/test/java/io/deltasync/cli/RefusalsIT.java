package io.deltasync.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.example.endless.EndlessSource;
import io.deltasync.cli.Cli.Result;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
	void refusedLoginIsReportedOnceWithItsRemedyAndWithoutAStackTrace() throws IOException {
		String schema = TestDatabase.MYSQL.createSchema();
		TestDatabase.MYSQL.execute(schema, List.of("CREATE TABLE t (id INT PRIMARY KEY)"));
		Cli cli = cli(TestDatabase.MYSQL.url(schema).replaceFirst("user=[^&]*", "user=nobody&password=wrong"), "", "");

		Result result = cli.run("run", "copy");

		assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
		assertThat(result.err()).doesNotContain("\tat ");
		assertThat(result.out()).containsOnlyOnce("Access denied")
			.containsPattern(
					"Errors +The source cannot be read: The connection 'crm' \\(jdbc:mysql:.*\\) is unavailable: Access denied")
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
	void readOnlyJobRepositoryExitsWithFiveAndIsNamed() throws IOException {
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

	@ParameterizedTest
	@MethodSource("unreadableFiles")
	void unreadableConfigurationFileExitsWithFourAndTheLineIsNamed(String content, Charset charset, String reason)
			throws IOException {
		Cli cli = cli("jdbc:h2:mem:unused", "sa", "");
		Files.writeString(this.directory.resolve("application.yaml"), content, charset);

		Result result = cli.run("links");

		assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
		assertThat(result.out()).isEmpty();
		assertThat(result.err()).contains("The file application.yaml cannot be read: " + reason)
			.doesNotContain("\tat ", "s3cret");
	}

	static Stream<Arguments> unreadableFiles() {
		return Stream.of(
				Arguments.of("deltasync:\n\tlease: 5s\n", StandardCharsets.UTF_8,
						"line 2, column 1: found character '\\t(TAB)'"),
				Arguments.of("deltasync:\n  lease: 5s\ndeltasync:\n  lease: 6s\n", StandardCharsets.UTF_8,
						"line 3, column 1: found duplicate key deltasync"),
				Arguments.of("password: @s3cret\n", StandardCharsets.UTF_8,
						"line 1, column 11: found character '@' that cannot start any token"),
				Arguments.of("password: *s3cret\n", StandardCharsets.UTF_8, "line 1, column 11: found undefined alias"),
				Arguments.of("city: Zürich\n", StandardCharsets.ISO_8859_1, "it is not in UTF-8"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					--spring.config.location=file:./nope.yaml | nope.yaml | cannot be found
					--spring.datasource.url=jdbc:sqlserver://localhost/x | Failed to load driver class com.microsoft.sqlserver.jdbc.SQLServerDriver | below spring.datasource
					--spring.datasource.driver-class-name=com.example.Nope | Cannot load driver class: com.example.Nope | below spring.datasource
					--spring.datasource.password=${NOPE} | uses ${NOPE}, which has no value | Set the environment variable
					--spring.datasource.hikari.maximum-pool-size=many | spring.datasource.hikari.maximum-pool-size | many
					""")
	void settingOfSpringBootThatCannotBeUsedIsFour(String setting, String reason, String remedy) throws IOException {
		Result result = cli("jdbc:h2:mem:unused", "sa", "").run("links", setting);

		assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
		assertThat(result.out()).isEmpty();
		assertThat(result.err()).contains(reason, remedy).doesNotContain("\tat ");
	}

	@Test
	void missingPrivilegesInTheJobRepositoryExitWithFour() throws IOException {
		String schema = TestDatabase.MYSQL.createSchema();
		String grant = "GRANT %s ON " + schema + ".* TO " + schema + "@'%%'";
		TestDatabase.MYSQL.execute(schema,
				List.of("CREATE USER " + schema + "@'%' IDENTIFIED BY ''", grant.formatted("SELECT")));
		Cli cli = cli("jdbc:h2:mem:unused", "sa", "");
		String url = "--spring.datasource.url="
				+ TestDatabase.MYSQL.url(schema).replaceFirst("user=[^&]*", "user=" + schema);
		try {
			Result noTables = cli.run("links", url, "--spring.datasource.username=" + schema);
			cli.run("migrate", "--spring.datasource.url=" + TestDatabase.MYSQL.url(schema),
					"--spring.datasource.username=root");
			Result readOnly = cli.run("run", "copy", url, "--spring.datasource.username=" + schema);

			for (Result result : List.of(noTables, readOnly)) {
				assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
				assertThat(result.err())
					.contains("denies the account a necessary privilege", "command denied", "Grant the account")
					.doesNotContain("\tat ");
				assertThat(result.out()).isEmpty();
			}
		}
		finally {
			TestDatabase.MYSQL.execute(schema, List.of("DROP USER " + schema + "@'%'"));
			TestDatabase.MYSQL.dropSchema(schema);
		}
	}

	@Test
	void portInUseExitsWithSix() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			Result result = cli("jdbc:h2:mem:unused", "sa", "").run("serve", "--server.port=" + other.getLocalPort());

			assertThat(result.exitCode()).as(result.err()).isEqualTo(6);
			assertThat(result.err()).contains("was already in use").doesNotContain("\tat ");
		}
	}

	@Test
	void invalidDatabaseFileExitsWithFiveAndOneMessage() throws IOException {
		Cli cli = cli("jdbc:h2:mem:unused", "sa", "");
		Path data = this.directory.resolve("data");
		Files.writeString(data, "in the way");

		Result noDirectory = cli.run("links");
		Files.delete(data);
		Files.createDirectory(data);
		Files.writeString(data.resolve("deltasync.mv.db"), "no database");
		Result noDatabase = cli.run("links");

		assertThat(noDirectory.exitCode()).as(noDirectory.err()).isEqualTo(5);
		assertThat(noDirectory.out()).isEmpty();
		assertThat(noDirectory.err()).contains("is not available").doesNotContain("\tat ");
		assertThat(noDatabase.exitCode()).as(noDatabase.err()).isEqualTo(5);
		assertThat(noDatabase.err()).contains("the file has been cut off, or is no database").doesNotContain("\tat ");
	}

	@Test
	void deletingLinkWithoutAFullScheduleIsWarnedAndNoFullRunIsEverDue() throws IOException {
		String schema = TestDatabase.MYSQL.createSchema();
		TestDatabase.MYSQL.execute(schema, List.of("CREATE TABLE t (id INT PRIMARY KEY, text VARCHAR(20) NOT NULL)"));
		Cli cli = cli(TestDatabase.MYSQL.url(schema), "root", "");
		String[] deleting = { "--deltasync.links.copy.deletes=hard", "--deltasync.links.copy.source.delta-column=id" };

		Result warned = cli.run("run", "copy", deleting[0], deleting[1]);
		Result refused = cli.run("run", "copy", "--full-if-due");

		assertThat(warned.exitCode()).as(warned.err()).isZero();
		assertThat(warned.err()).contains("no full-schedule is configured; this run deletes nothing");
		assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
		assertThat(refused.err()).contains("Link 'copy' has no full-schedule").doesNotContain("\tat ");
		TestDatabase.MYSQL.dropSchema(schema);
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
