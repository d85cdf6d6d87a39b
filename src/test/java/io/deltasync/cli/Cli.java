package io.deltasync.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.deltasync.DeltaSyncApplication;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the application as a child process in a directory of its own, as a person would.
 *
 * @param directory the working directory
 * @param command how to start the application, without its arguments
 */
public record Cli(Path directory, List<String> command) {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	/**
	 * Optional dependencies: DeltaSync's own jar has them, an application that has it as
	 * a library does not. H2 is one too, but these applications use it themselves.
	 */
	private static final Pattern ONLY_OURS = Pattern
		.compile("/software/amazon/|/(spring-(web|security|jms|messaging|integration|batch-integration)|"
				+ "spring-boot-(starter-)?(actuator|health|mail|micrometer|servlet|tomcat|web|http|security|thymeleaf)|"
				+ "thymeleaf|attoparser|unbescape|htmx|nimbus|oauth2|content-type|lang-tag|"
				+ "artemis|activemq|jakarta.(jms|mail)|angus|netty|commons-(beanutils|collections|compress|io)|mysql|mariadb-java|postgresql|sqlite-jdbc|progressbar|jline|"
				+ "httpclient5|httpcore5|fastcsv|sshd-|cel-|guava|failureaccess|protobuf|re2j|antlr4|threeten-extra|"
				+ "tomcat-|prometheus-|micrometer-registry)[^/]*$");

	/** DeltaSync's own jar. */
	static Cli ofJar(Path directory, String... options) {
		List<String> command = java(options);
		command.add("-jar");
		command.add(jar("-app.jar").toString());
		return new Cli(directory, command);
	}

	/**
	 * The distribution, trained: for those who start it often, since that takes half the
	 * time.
	 */
	static Cli ofInstallation(Path directory) {
		return Installed.INSTALLATION.cli(directory, "DELTASYNC_JAVA_OPTS=-Duser.timezone=America/Los_Angeles");
	}

	/**
	 * An application that has DeltaSync's plain jar and what it depends on as libraries.
	 */
	static Cli ofApplication(Path directory, Class<?> application) {
		List<String> libraries = librariesOfApplication();
		libraries.add(jar("SNAPSHOT.jar").toString());
		List<String> command = java();
		command.addAll(
				List.of("-cp", String.join(System.getProperty("path.separator"), libraries), application.getName()));
		return new Cli(directory, command);
	}

	/** What an application has on its class path, besides DeltaSync. */
	static List<String> librariesOfApplication() {
		String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> libraries = new ArrayList<>(List.of(tests.split(System.getProperty("path.separator"))));
		libraries.removeIf((entry) -> entry.endsWith("classes") && !entry.endsWith("test-classes"));
		libraries.removeIf((entry) -> ONLY_OURS.matcher(entry).find());
		return libraries;
	}

	/**
	 * DeltaSync as it was compiled, without its jar, and with an auto-configuration of
	 * the tests.
	 */
	static Cli ofClasses(Path directory, Class<?> autoConfiguration) {
		Path imports = directory
			.resolve("classes/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
		try {
			Files.createDirectories(imports.getParent());
			Files.writeString(imports, autoConfiguration.getName());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		List<String> command = java();
		command.addAll(List.of("-cp",
				directory.resolve("classes") + System.getProperty("path.separator")
						+ System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				DeltaSyncApplication.class.getName()));
		return new Cli(directory, command);
	}

	private static List<String> java(String... options) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Duser.timezone=America/Los_Angeles"));
		command.addAll(List.of(options));
		return command;
	}

	static Path jar(String suffix) {
		try (Stream<Path> files = Files.list(Path.of("target").toAbsolutePath())) {
			return files.filter((file) -> file.getFileName().toString().startsWith("deltasync-"))
				.filter((file) -> file.toString().endsWith(suffix))
				.findFirst()
				.orElseThrow(
						() -> new IllegalStateException("No %s in target: run ./mvnw package first".formatted(suffix)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Made once for all tests of a process. */
	private static final class Installed {

		static final Installation INSTALLATION = create();

		private static Installation create() {
			Path home = Path.of("target")
				.toAbsolutePath()
				.resolve("installation" + System.getProperty("deltasync.fork"));
			FileSystemUtils.deleteRecursively(home.toFile());
			Installation installation = Installation.unpack(home);
			Installation.expectSuccess(installation.cli(home).run("train"));
			return installation;
		}

	}

	/** Runs it to its end. */
	Result run(String... arguments) {
		return start(arguments).await();
	}

	/** Starts it. */
	Running start(String... arguments) {
		List<String> line = new ArrayList<>(this.command);
		line.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(line).directory(this.directory.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("SPRING_") || name.startsWith("DELTASYNC_"));
		try {
			return new Running(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A process that is going on.
	 */
	static final class Running {

		private final Process process;

		private final StringBuilder err = new StringBuilder();

		private final CompletableFuture<String> out;

		private final BufferedReader errReader;

		private Running(Process process) {
			this.process = process;
			this.errReader = process.errorReader(StandardCharsets.UTF_8);
			this.out = CompletableFuture.supplyAsync(() -> read(process.inputReader(StandardCharsets.UTF_8)));
		}

		private static String read(BufferedReader reader) {
			return String.join("\n", reader.lines().toList());
		}

		/** Reads stderr until there is a line with this text. */
		Running awaitOnStderr(String text) throws IOException {
			String line = this.errReader.readLine();
			while (line != null) {
				this.err.append(line).append('\n');
				if (line.contains(text)) {
					return this;
				}
				line = this.errReader.readLine();
			}
			throw new AssertionError("The process ended without saying '%s':%n%s".formatted(text, this.err));
		}

		/** Sends SIGTERM. Process.destroy would close our ends of its streams, too. */
		Running terminate() {
			this.process.toHandle().destroy();
			return this;
		}

		/** Sends SIGKILL. */
		Running kill() {
			this.process.toHandle().destroyForcibly();
			return this;
		}

		boolean isAlive() {
			return this.process.isAlive();
		}

		/** Waits for its end, and for what it said until then. */
		Result await() {
			return await(Duration.ofMinutes(2));
		}

		Result await(Duration atMost) {
			try {
				CompletableFuture<String> rest = CompletableFuture.supplyAsync(() -> read(this.errReader));
				if (!this.process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
					this.process.destroyForcibly();
					throw new AssertionError(
							"The process did not end in %s:%n%s%s".formatted(atMost, this.err, rest.join()));
				}
				this.err.append(rest.join());
				return new Result(this.process.exitValue(), this.out.join(), this.err.toString());
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/**
	 * What a process left behind.
	 *
	 * @param exitCode its exit code
	 * @param out what it wrote on stdout
	 * @param err what it wrote on stderr
	 */
	record Result(int exitCode, String out, String err) {

		/** Stdout as JSON; fails when there is anything else. */
		JsonNode json() {
			return JSON.readTree(this.out);
		}

	}

}
