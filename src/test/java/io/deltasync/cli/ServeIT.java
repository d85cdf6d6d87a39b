package io.deltasync.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.jar.JarFile;

import com.example.endless.EndlessSource;
import io.deltasync.cli.Cli.Result;
import io.deltasync.cli.Cli.Running;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A resident process, as a child process.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServeIT {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@TempDir
	Path directory;

	private int port;

	private void configure(String links, String... more) throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			this.port = free.getLocalPort();
		}
		Files.writeString(this.directory.resolve("application.yaml"),
				"""
						server.port: %d
						%s
						deltasync:
						  connections:
						    warehouse: { url: "jdbc:h2:mem:warehouse;INIT=CREATE TABLE IF NOT EXISTS T (ID INT PRIMARY KEY)", username: sa }
						  links:
						%s
						"""
					.formatted(this.port, String.join("\n", more), links.indent(4)));
	}

	private HttpResponse<String> get(String path) {
		try {
			return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(this.port, path)))
				.timeout(Duration.ofMinutes(1))
				.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(path, ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean scraped(String line) {
		return get("/actuator/prometheus").body().lines().anyMatch(line::equals);
	}

	/**
	 * A database counts as unavailable if its first answer takes longer than a second.
	 */
	private void awaitReady() {
		await(() -> get("/actuator/health/readiness").statusCode() == 200);
	}

	/** Waits for what another process does; only what is asked decides how long. */
	private static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("timed out after two minutes");
			}
			LockSupport.parkNanos(100_000_000);
		}
	}

	@Test
	void sigtermStopsAScheduledRunAndTheProcessExitsWith143() throws IOException {
		configure("""
				endless:
				  schedule: "* * * * * *"
				  batch-size-limit: 10
				  source: { adapter: endless, table: anything }
				  target: { adapter: jdbc, connection: warehouse, table: T }
				""");
		Cli cli = Cli.ofClasses(this.directory, EndlessSource.Adapters.class);

		Running running = cli.start("serve").awaitOnStderr("The endless fetch has begun");
		await(() -> scraped("deltasync_running{link=\"endless\"} 1.0"));
		Result result = running.terminate().await();

		assertThat(result.exitCode()).as(result.err()).isEqualTo(143);
		assertThat(result.out()).isEmpty();
		assertThat(result.err()).contains("Link 'endless' is being stopped, because this process was told to end")
			.doesNotContain("\tat ");
		JsonNode event = cli.run("events", "endless", "--json").json().get(0);
		assertThat(event.get("status").asString()).isEqualTo("STOPPED");
		assertThat(event.get("trigger").asString()).isEqualTo("schedule");
		assertThat(event.at("/records/fetched").asLong()).isPositive().isEqualTo(event.at("/records/written").asLong());
	}

	@Test
	void onlyHealthAndMetricsAreServedEvenWhileTheDatabaseIsUnavailable() throws IOException, SQLException {
		Server database = startDatabase(0);
		int databasePort = database.getPort();
		configure("""
				idle:
				  source: { adapter: endless, table: anything }
				  target: { adapter: jdbc, connection: warehouse, table: T }
				""", """
				spring.datasource:
				  url: "jdbc:h2:tcp://127.0.0.1:%d/./jobs;IFEXISTS=FALSE"
				  username: sa
				  password: ""
				  hikari.connection-timeout: 1000
				""".formatted(databasePort));
		Running running = Cli.ofClasses(this.directory, EndlessSource.Adapters.class)
			.start("serve")
			.awaitOnStderr("Serves Links: 1,");

		assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
		awaitReady();
		assertThat(get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
		assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"").doesNotContain("jdbc", "components");
		assertThat(get("/actuator/prometheus").headers().firstValue("content-type").orElseThrow())
			.startsWith("text/plain;version=0.0.4");
		await(() -> scraped("deltasync_window_age_seconds{link=\"idle\"} NaN"));
		assertThat(get("/actuator/prometheus").body())
			.contains("deltasync_records_total{link=\"idle\",outcome=\"written\"} 0.0\n", "jvm_memory_used_bytes");
		for (String path : new String[] { "/actuator", "/actuator/env", "/actuator/beans", "/actuator/heapdump",
				"/actuator/metrics", "/actuator/shutdown" }) {
			// unknown, or hidden from who has not signed in
			assertThat(get(path).statusCode()).as(path).isIn(302, 404);
		}
		assertThat(get("/api/v1/links").statusCode()).isEqualTo(401);

		database.stop();
		await(() -> get("/actuator/health/readiness").statusCode() == 503);
		assertThat(get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"DOWN\"}");
		assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
		await(() -> scraped("deltasync_database_up 0.0"));
		running.awaitOnStderr("Begins no runs for now");

		Server again = startDatabase(databasePort);
		await(() -> get("/actuator/health/readiness").statusCode() == 200);
		await(() -> scraped("deltasync_database_up 1.0"));
		running.awaitOnStderr("Serves again");
		assertThat(running.terminate().await().exitCode()).isEqualTo(143);
		again.stop();
	}

	private Server startDatabase(int atPort) throws SQLException {
		return Server
			.createTcpServer("-tcpPort", String.valueOf(atPort), "-ifNotExists", "-baseDir",
					this.directory.resolve("database").toString())
			.start();
	}

	@Test
	void jarCanServe() throws IOException {
		configure("""
				idle:
				  schedule: "@yearly"
				  source: { adapter: jdbc, connection: warehouse, table: T }
				  target: { adapter: jdbc, connection: warehouse, table: T }
				""");

		Running running = Cli.ofJar(this.directory).start("serve").awaitOnStderr("Serves Links: 1,");

		awaitReady();
		await(() -> scraped("deltasync_database_up 1.0"));
		assertThat(running.terminate().await().exitCode()).isEqualTo(143);
	}

	@Test
	void healthAndMetricsNeedNoLoginWithoutTheConsole() throws IOException {
		configure("""
				idle:
				  source: { adapter: endless, table: anything }
				  target: { adapter: jdbc, connection: warehouse, table: T }
				""", "deltasync.serve.console: false");
		Running running = Cli.ofClasses(this.directory, EndlessSource.Adapters.class)
			.start("serve")
			.awaitOnStderr("Serves Links: 1,");

		assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
		awaitReady();
		assertThat(get("/actuator/prometheus").statusCode()).isEqualTo(200);
		assertThat(get("/api/v1/links").statusCode()).isEqualTo(404);
		assertThat(running.terminate().await().exitCode()).isEqualTo(143);
	}

	@Test
	void serveShowsTheSbomOfTheJar() throws IOException {
		try (JarFile jar = new JarFile(Cli.jar("-app.jar").toFile())) {
			JarIT.assumeHasSbom(jar);
		}
		configure("""
				idle:
				  schedule: "@yearly"
				  source: { adapter: jdbc, connection: warehouse, table: T }
				  target: { adapter: jdbc, connection: warehouse, table: T }
				""");
		Running running = Cli.ofJar(this.directory).start("serve").awaitOnStderr("Serves Links: 1,");

		assertThat(get("/actuator/sbom").body()).isEqualTo("{\"ids\":[\"application\"]}");
		assertThat(get("/actuator/sbom/application").body()).contains("CycloneDX", "spring-batch-core");
		assertThat(running.terminate().await().exitCode()).isEqualTo(143);
	}

	@Test
	void onlyServeStartsAWebServer() throws IOException {
		configure("""
				idle:
				  source: { adapter: endless, table: anything }
				  target: { adapter: jdbc, connection: warehouse, table: T }
				""");
		Cli cli = Cli.ofClasses(this.directory, EndlessSource.Adapters.class);

		Result result = cli.run("links", "--debug");

		assertThat(result.exitCode()).as(result.err()).isZero();
		// only the tests' libraries have it, for an application with migrations of its
		// own
		assertThat(result.err().replace("FlywayEndpointAutoConfiguration", ""))
			.contains("BatchJobLauncherAutoConfiguration")
			.doesNotContain("TomcatServletWebServerAutoConfiguration", "WebMvcAutoConfiguration",
					"EndpointAutoConfiguration", "PrometheusMetricsExportAutoConfiguration");
	}

	@Test
	void invalidScheduleExitsWithFourBeforeAnyRun() throws IOException {
		configure("""
				idle:
				  schedule: "0 3 * * *"
				  run-after: iddle
				  source: { adapter: endless, table: anything }
				  target: { adapter: jdbc, connection: warehouse, table: T }
				""");

		Result result = Cli.ofClasses(this.directory, EndlessSource.Adapters.class).run("serve");

		assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
		assertThat(result.err())
			.contains("deltasync.links.idle.schedule", "six are needed, seconds first: '0 0 3 * * *'",
					"deltasync.links.idle.run-after", "names the Link 'iddle', which does not exist")
			.doesNotContain("\tat ");
	}

}
