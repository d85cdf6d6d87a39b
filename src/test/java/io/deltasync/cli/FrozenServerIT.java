package io.deltasync.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.example.endless.EndlessSource;
import io.deltasync.cli.Cli.Result;
import io.deltasync.cli.Cli.Running;
import io.deltasync.testing.TcpProxy;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is told to end while a MariaDB server does not answer: its driver, to
 * end a connection, waits for whatever waits for the server.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FrozenServerIT {

	/** Far more than the process gives itself, and less than any other limit. */
	private static final Duration IN_TIME = Duration.ofSeconds(90);

	@TempDir
	Path directory;

	private String schema;

	private TcpProxy proxy;

	private String url;

	@BeforeEach
	void freezable() {
		this.schema = TestDatabase.MARIADB.createSchema();
		String direct = TestDatabase.MARIADB.url(this.schema);
		URI server = URI.create(direct.substring("jdbc:".length()));
		this.proxy = new TcpProxy(new InetSocketAddress(server.getHost(), server.getPort()));
		this.url = direct.replace(":" + server.getPort() + "/", ":" + this.proxy.port() + "/");
	}

	@AfterEach
	void close() {
		this.proxy.close();
		TestDatabase.MARIADB.dropSchema(this.schema);
	}

	@Test
	void readingRunStopsGracefully() throws Exception {
		TestDatabase.MARIADB.execute(this.schema, List.of("CREATE TABLE t (id INT PRIMARY KEY, text TEXT)",
				"INSERT INTO t SELECT seq, REPEAT('x', 20000) FROM seq_1_to_100"));
		Cli cli = cli("{ adapter: jdbc, connection: frozen, table: t }",
				"{ adapter: jdbc, connection: warehouse, table: t }");
		this.proxy.freezeAfter(1_000_000);

		Running running = cli.start("run", "copy");
		this.proxy.awaitFrozen();
		Result result = running.terminate().await(IN_TIME);

		assertThat(result.exitCode()).as(result.err()).isEqualTo(143);
		assertThat(result.err()).doesNotContain("\tat ");
		assertThat(cli.run("event", "1", "--json").json().get("status").asString()).isEqualTo("STOPPED");
	}

	@Test
	void writingRunStopsGracefully() throws Exception {
		TestDatabase.MARIADB.execute(this.schema, List.of("CREATE TABLE t (id INT PRIMARY KEY)"));
		Cli cli = cli("{ adapter: endless, table: anything }", "{ adapter: jdbc, connection: frozen, table: t }");

		Running running = cli.start("run", "copy").awaitOnStderr("The endless fetch has begun");
		this.proxy.freezeAfter(0);
		this.proxy.awaitFrozen();
		Result result = running.terminate().await(IN_TIME);

		assertThat(result.exitCode()).as(result.err()).isEqualTo(143);
		assertThat(result.err()).doesNotContain("\tat ");
		assertThat(cli.run("event", "1", "--json").json().get("status").asString()).isEqualTo("STOPPED");
	}

	@Test
	void processEndsEvenIfItsJobRepositoryDoesNotAnswer() throws Exception {
		Cli cli = cli("{ adapter: endless, table: anything }", "{ adapter: jdbc, connection: warehouse, table: t }");

		Running running = cli
			.start("run", "copy", "--spring.datasource.url=" + this.url, "--spring.datasource.username=root",
					"--spring.datasource.password=")
			.awaitOnStderr("The endless fetch has begun");
		this.proxy.freezeAfter(0);
		this.proxy.awaitFrozen();
		Result result = running.terminate().await(IN_TIME);

		assertThat(result.exitCode()).as(result.err()).isEqualTo(143);
		assertThat(result.err()).contains("did not stop").doesNotContain("\tat ");
	}

	private Cli cli(String source, String target) throws IOException {
		Files.writeString(this.directory.resolve("application.yaml"),
				"""
						deltasync:
						  connections:
						    frozen: { url: "%s", username: root }
						    warehouse:
						      url: "jdbc:h2:mem:warehouse;DATABASE_TO_LOWER=TRUE;INIT=CREATE TABLE IF NOT EXISTS t (id INT PRIMARY KEY, text CLOB)"
						      username: sa
						  links:
						    copy:
						      batch-size-limit: 10
						      mapping: { rename: { ID: id } }
						      source: %s
						      target: %s
						"""
					.formatted(this.url, source, target));
		return Cli.ofClasses(this.directory, EndlessSource.Adapters.class);
	}

}
