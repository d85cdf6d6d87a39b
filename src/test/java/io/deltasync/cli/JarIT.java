package io.deltasync.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is in the jars beside the classes.
 */
class JarIT {

	private static final String SBOM = "META-INF/sbom/deltasync.cdx.json";

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "SNAPSHOT.jar", "-app.jar" })
	void jarContainsLicenceAndNotice(String name) throws IOException {
		try (JarFile jar = new JarFile(Cli.jar(name).toFile())) {
			assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License", "Version 2.0, January 2004");
			assertThat(text(jar, "META-INF/NOTICE")).startsWith("DeltaSync\n").contains("MySQL Connector/J");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SNAPSHOT.jar", "-app.jar" })
	void jarContainsAnSbom(String name) throws IOException {
		try (JarFile jar = new JarFile(Cli.jar(name).toFile())) {
			assumeHasSbom(jar);
			JsonNode sbom = JsonMapper.shared().readTree(text(jar, SBOM));
			assertThat(sbom.get("bomFormat").asString()).isEqualTo("CycloneDX");
			assertThat(sbom.get("components").valueStream().map((component) -> component.get("name").asString()))
				.contains("spring-batch-core", "mysql-connector-j")
				.doesNotContain("junit-jupiter-api");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SNAPSHOT.jar", "-app.jar" })
	void jarDescribesTheConfigurationToEditors(String name) throws IOException {
		try (JarFile jar = new JarFile(Cli.jar(name).toFile())) {
			JsonNode metadata = JsonMapper.shared().readTree(text(jar, "META-INF/spring-configuration-metadata.json"));
			assertThat(metadata.get("properties").valueStream())
				.allSatisfy((property) -> assertThat(property.has("description")).as(property.toString()).isTrue());
			assertThat(metadata.get("properties").valueStream().map((property) -> property.get("name").asString()))
				.contains("deltasync.lease", "deltasync.retention.events", "deltasync.serve.max-runs",
						"deltasync.remote.broker-url", "deltasync.connections", "deltasync.connections.*.pool-size",
						"deltasync.links", "deltasync.links.*.batch-size-limit", "deltasync.links.*.retry.attempts",
						"deltasync.links.*.run-after", "deltasync.links.*.mapping.select",
						"deltasync.links.*.source.adapter", "deltasync.links.*.source.delta-column",
						"deltasync.links.*.target.bulk", "deltasync.connections.*.rate-limit",
						"deltasync.connections.*.auth.token-url", "deltasync.connections.*.known-hosts",
						"deltasync.connections.*.path-style", "deltasync.links.*.source.list.paging.next",
						"deltasync.links.*.source.export.poll.done", "deltasync.links.*.source.delta.by",
						"deltasync.links.*.source.after.move", "deltasync.links.*.target.results.status");
			assertThat(text(jar, "META-INF/spring-autoconfigure-metadata.properties"))
				.contains("io.deltasync.autoconfigure.DeltaSyncAutoConfiguration.AutoConfigureBefore=");
		}
	}

	@Test
	void trainingWithoutATemporaryDirectorySaysSo() {
		Cli.Result result = Cli
			.ofJar(this.directory, "-Dio.deltasync.home=" + this.directory,
					"-Djava.io.tmpdir=" + this.directory.resolve("none"))
			.run("train");

		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.err()).contains("Training needs temporary files, and ", "none writable")
			.doesNotContain("\tat ");
	}

	@Test
	void libraryDoesNotOccupyNamesOfApplicationFiles() throws IOException {
		try (JarFile jar = new JarFile(Cli.jar("SNAPSHOT.jar").toFile())) {
			for (String name : List.of("git.properties", "META-INF/build-info.properties",
					"META-INF/sbom/application.cdx.json", "application.yaml", "logback.xml")) {
				assertThat(jar.getEntry(name)).as(name).isNull();
			}
		}
	}

	@Test
	void versionMatchesTheBuild() {
		assertThat(Cli.ofJar(this.directory).run("--version").out())
			.matches("DeltaSync \\d+\\.\\d+\\.\\d+\\S*( \\(commit [0-9a-f]{7,}(, with changes)?\\))?");
	}

	/** Maven makes none with its option -o. */
	static void assumeHasSbom(JarFile jar) {
		if (!Boolean.parseBoolean(System.getenv("CI"))) {
			Assumptions.assumeTrue(jar.getEntry(SBOM) != null, "the jar was built offline");
		}
	}

	private static String text(JarFile jar, String name) throws IOException {
		try (InputStream stream = jar.getInputStream(jar.getEntry(name))) {
			return new String(stream.readAllBytes());
		}
	}

}
