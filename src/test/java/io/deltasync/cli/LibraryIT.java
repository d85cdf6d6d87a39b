package io.deltasync.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import com.example.weather.WeatherApplication;
import io.deltasync.cli.Cli.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody's application that depends on the plain jar: it has the command line, and
 * nothing of what DeltaSync's own jar sets.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LibraryIT {

	@TempDir
	Path directory;

	private Cli cli;

	@BeforeEach
	void configureApplication() throws IOException, SQLException {
		this.cli = Cli.ofApplication(this.directory, WeatherApplication.class);
		Files.writeString(this.directory.resolve("application.yaml"), """
				spring.datasource: { url: "jdbc:h2:file:./data/jobs;DB_CLOSE_ON_EXIT=FALSE", username: sa }
				deltasync:
				  connections:
				    warehouse: { url: "jdbc:h2:file:./data/warehouse;DB_CLOSE_ON_EXIT=FALSE", username: sa }
				  links:
				    weather:
				      source: { adapter: weather, table: weather }
				      target: { adapter: jdbc, connection: warehouse, table: WEATHER }
				    endless:
				      batch-size-limit: 10
				      source: { adapter: weather, table: endless }
				      target: { adapter: jdbc, connection: warehouse, table: WEATHER }
				""");
		try (Connection connection = DriverManager
			.getConnection("jdbc:h2:file:%s/data/warehouse".formatted(this.directory), "sa", "");
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE WEATHER (ID INT PRIMARY KEY, CITY VARCHAR(20))");
		}
	}

	@Test
	void theApplicationHasNoneOfOurOptionalDependencies() throws Exception {
		Document pom = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new File("pom.xml"));
		NodeList optional = (NodeList) XPathFactory.newDefaultInstance()
			.newXPath()
			.evaluate("/project/dependencies/dependency[optional='true']/artifactId", pom, XPathConstants.NODESET);
		List<String> names = IntStream.range(0, optional.getLength())
			.mapToObj((i) -> optional.item(i).getTextContent())
			.filter((name) -> !name.equals("h2"))
			.toList();

		assertThat(names).contains("spring-boot-starter-security", "spring-boot-starter-thymeleaf");
		assertThat(Cli.librariesOfApplication())
			.noneMatch(
					(library) -> names.stream().anyMatch((name) -> new File(library).getName().startsWith(name + "-")))
			.noneMatch((library) -> library.contains("spring-security") || library.contains("/thymeleaf"));
	}

	@Test
	void applicationHasTheCommandLineAndItsOwnAdapters() {
		Result result = this.cli.run("run", "weather");

		assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
		assertThat(result.out()).contains("Link 'weather': successful (event 1)", "2 fetched, 2 written, 0 failed");
	}

	@Test
	void expressionsNameTheLibraryThatTheApplicationLacks() {
		Result result = this.cli.run("--deltasync.links.weather.mapping.expressions.text=1 + 1", "run", "weather");

		assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(4);
		assertThat(result.err() + result.out()).contains("deltasync.links.weather.mapping.expressions",
				"needs the library dev.cel:cel");
	}

	@Test
	void connectionsNameTheLibraryThatTheApplicationLacks() {
		Result result = this.cli.run("--deltasync.connections.lake.type=s3",
				"--deltasync.connections.lake.url=s3://exports", "run", "weather");

		assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(4);
		assertThat(result.err() + result.out()).contains("deltasync.connections.lake.type",
				"is 's3', whose libraries are missing; add software.amazon.awssdk:s3");
	}

	@Test
	void withoutACommandTheApplicationStartsNormally() {
		Result result = this.cli.run("--weather.option=1");

		assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
		assertThat(result.out() + result.err()).doesNotContain("Usage:").contains("Started WeatherApplication");
	}

	@Test
	void unknownArgumentsAreLeftToTheApplication() {
		Result result = this.cli.run("import", "orders.csv");

		assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
		assertThat(result.out() + result.err()).doesNotContain("Usage:").contains("Started WeatherApplication");
	}

	@Test
	void usageErrorExitsWithTwo() {
		Result result = this.cli.run("run", "weather", "--ful");

		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).contains("Possible solutions: --full");
	}

	@Test
	void profileWithTheNameOfOursBelongsToTheApplication() {
		Result result = this.cli.run("--spring.profiles.active=mysql,demo", "run", "weather");

		assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
		assertThat(this.directory.resolve("data/jobs.mv.db")).exists();
		assertThat(this.directory.resolve("data/deltasync.mv.db")).doesNotExist();
		assertThat(this.directory.resolve("data/demo-shop.mv.db")).doesNotExist();
	}

	@Test
	void signalStopsTheRunAndReleasesTheLink() throws IOException {
		Result stopped = this.cli.start("run", "endless")
			.awaitOnStderr("The endless fetch has begun")
			.terminate()
			.await();

		assertThat(stopped.exitCode()).as(stopped.err() + stopped.out()).isEqualTo(143);
		assertThat(stopped.out()).contains("Link 'endless': stopped (event 1)");
		JsonNode event = event(this.cli.run("event", "1", "--json"));
		assertThat(event.get("status").asString()).isEqualTo("STOPPED");
		assertThat(event.at("/records/fetched").asLong()).isEqualTo(event.at("/records/written").asLong());
	}

	@Test
	void serveRunsWithoutAWebServerAndStopsOnSigterm() throws IOException {
		Result stopped = this.cli.start("serve", "--deltasync.links.endless.schedule=* * * * * *")
			.awaitOnStderr("The endless fetch has begun")
			.terminate()
			.await();

		assertThat(stopped.exitCode()).as(stopped.err() + stopped.out()).isEqualTo(143);
		assertThat(stopped.out()).contains("Serves Links: 2, of them by schedule 1, after another one 0")
			.doesNotContain("Tomcat");
		assertThat(event(this.cli.run("event", "1", "--json")).get("status").asString()).isEqualTo("STOPPED");
	}

	@Test
	void metricsWithoutTheirLibraryAreAUsageError() {
		Result result = this.cli.run("metrics");

		assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(2);
		assertThat(result.err()).contains("io.micrometer:micrometer-registry-prometheus");
	}

	@Test
	void workersWithoutTheirLibrariesAreAConfigurationError() {
		Result result = this.cli.run("run", "weather", "--deltasync.workers=remote",
				"--deltasync.remote.broker-url=tcp://localhost:61616");

		assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(4);
		assertThat(result.out() + result.err()).contains("deltasync.workers",
				"add org.apache.activemq:artemis-jakarta-client, org.springframework:spring-jms and "
						+ "org.springframework.batch:spring-batch-integration");
	}

	@Test
	void aConnectionWithoutItsDriverIsAConfigurationError() {
		Result result = this.cli.run("run", "weather",
				"--deltasync.connections.warehouse.url=jdbc:mysql://localhost/shop");

		assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(4);
		assertThat(result.out() + result.err()).contains("deltasync.connections.warehouse.url",
				"no JDBC driver on the class path understands");
	}

	@Test
	void onlyLibrariesThatEveryApplicationNeedsAreRequired() throws Exception {
		assertThat(requiredLibraries()).containsExactlyInAnyOrder("flyway-core", "flyway-mysql",
				"flyway-database-postgresql", "jackson-databind", "jspecify", "picocli", "spring-batch-core",
				"spring-boot-starter-batch", "spring-boot-starter-batch-jdbc", "spring-boot-starter-jdbc");
	}

	private static List<String> requiredLibraries() throws Exception {
		try (JarFile jar = new JarFile(Cli.jar("SNAPSHOT.jar").toFile());
				InputStream pom = jar.getInputStream(jar.getEntry("META-INF/maven/io.deltasync/deltasync/pom.xml"))) {
			NodeList names = (NodeList) XPathFactory.newInstance()
				.newXPath()
				.evaluate("/project/dependencies/dependency[not(optional = 'true') and not(scope = 'test')]/artifactId",
						DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom), XPathConstants.NODESET);
			return IntStream.range(0, names.getLength())
				.mapToObj((index) -> names.item(index).getTextContent())
				.toList();
		}
	}

	/** An application that sets no logging of its own has its log on stdout too. */
	private static JsonNode event(Result result) {
		String json = result.out().lines().filter((line) -> line.startsWith("{")).findFirst().orElseThrow();
		return new Result(0, json, "").json();
	}

}
