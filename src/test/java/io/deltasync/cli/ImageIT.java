package io.deltasync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.deltasync.DeltaSyncApplication;
import io.deltasync.cli.Cli.Result;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What buildpacks make an image of, by the same steps: the jar is taken apart, a training
 * run archives its classes, and it is run from there by somebody who may write nowhere
 * but where a pod may.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
class ImageIT {

	private static final String ARCHIVE = "application.jsa";

	private static final String NOBODY = "65534";

	@TempDir
	static Path directory;

	static Path workspace;

	static Result training;

	@BeforeAll
	static void extractAndTrain() throws IOException {
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		workspace = directory.resolve("workspace");
		Result extracted = tool("extract", "--destination", workspace.toString());
		assertThat(extracted.exitCode()).as(extracted.err()).isZero();
		try (Stream<Path> files = Files.list(workspace)) {
			Path jar = files.filter((file) -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
			Files.move(jar, workspace.resolve("runner.jar"));
		}
		training = java(List.of(), "-Dspring.context.exit=onRefresh", "-Dspring.datasource.url=jdbc:h2:mem:training",
				"-XX:ArchiveClassesAtExit=" + ARCHIVE)
			.run();
	}

	@Test
	void jarListsItsLayers() {
		assertThat(tool("list-layers").out().lines()).containsExactly("dependencies", "spring-boot-loader",
				"snapshot-dependencies", "application");
	}

	@Test
	void trainingRunNeedsNoCommandAndLeavesOnlyTheArchive() throws IOException {
		assertThat(training.exitCode()).as(training.err()).isZero();
		assertThat(names(workspace)).containsExactlyInAnyOrder("runner.jar", "lib", ARCHIVE);
	}

	@Test
	void unprivilegedRunWritesOnlyToItsTemporaryDirectoryAndDatabase() throws IOException {
		Path writable = open(directory.resolve("writable"));
		Path temporary = open(writable.resolve("tmp"));
		Path configuration = Files.createDirectories(directory.resolve("configuration"));
		String shop = "jdbc:h2:file:%s;INIT=CREATE TABLE IF NOT EXISTS T (ID INT PRIMARY KEY)"
			.formatted(writable.resolve("shop"));
		Files.writeString(configuration.resolve("application.yaml"), """
				deltasync:
				  connections:
				    shop: { url: "%s", username: sa }
				  links:
				    customers:
				      source: { adapter: jdbc, connection: shop, table: T }
				      target: { adapter: jdbc, connection: shop, table: T }
				""".formatted(shop));
		Files.setPosixFilePermissions(workspace, PosixFilePermissions.fromString("r-xr-xr-x"));

		Result result = java(runUnprivileged(), "-XX:SharedArchiveFile=" + ARCHIVE,
				"-Xlog:class+load:file=" + writable.resolve("classes.log"), "-Djava.io.tmpdir=" + temporary)
			.run("run", "customers", "--spring.config.additional-location=file:" + configuration + "/",
					"--spring.datasource.url=jdbc:h2:file:" + writable.resolve("jobs"));

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out()).startsWith("Link 'customers': successful");
		assertThat(names(workspace)).containsExactlyInAnyOrder("runner.jar", "lib", ARCHIVE);
		assertThat(names(writable)).containsExactlyInAnyOrder("tmp", "classes.log", "jobs.mv.db", "shop.mv.db");
		assertThat(Files.readAllLines(writable.resolve("classes.log"))).anySatisfy((line) -> assertThat(line)
			.contains(DeltaSyncApplication.class.getName() + " ", "shared objects file (top)"));
	}

	/** Permissions are nothing to root. */
	private static List<String> runUnprivileged() {
		if (!System.getProperty("user.name").equals("root")) {
			return List.of();
		}
		Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv, or not to be root");
		return List.of("/usr/bin/setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
	}

	private static Path open(Path path) throws IOException {
		return Files.setPosixFilePermissions(Files.createDirectories(path),
				PosixFilePermissions.fromString("rwxrwxrwx"));
	}

	private static Result tool(String... arguments) {
		return Cli.ofJar(directory, "-Djarmode=tools").run(arguments);
	}

	private static Cli java(List<String> prefix, String... options) {
		List<String> command = new ArrayList<>(prefix);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", "runner.jar", DeltaSyncApplication.class.getName()));
		return new Cli(workspace, command);
	}

	private static List<String> names(Path path) throws IOException {
		try (Stream<Path> files = Files.list(path)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

}
