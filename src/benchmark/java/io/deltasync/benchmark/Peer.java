package io.deltasync.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A program that needs libraries which the product does not have: a project of its own,
 * which is built by the Maven that runs the benchmark, once, and when it is wanted only.
 */
final class Peer {

	private static final Path PROJECTS = Path.of("src", "benchmark", "peers").toAbsolutePath();

	private final String project;

	private final Path directory;

	private final Duration timeout;

	private @Nullable String classpath;

	private @Nullable IOException failure;

	/**
	 * Makes the program.
	 * @param project the name of its directory and artifact
	 * @param directory where it is built, in a directory of its own
	 * @param timeout how long that may take
	 */
	Peer(String project, Path directory, Duration timeout) {
		this.project = project;
		this.directory = directory;
		this.timeout = timeout;
	}

	/**
	 * Builds it unless that has been tried.
	 * @throws IOException when it cannot be built, each time
	 */
	void build() throws IOException, InterruptedException {
		if (this.classpath == null && this.failure == null) {
			try {
				this.classpath = compile();
			}
			catch (IOException ex) {
				this.failure = ex;
			}
		}
		if (this.failure != null) {
			throw this.failure;
		}
	}

	private String compile() throws IOException, InterruptedException {
		Files.createDirectories(this.directory);
		String log = this.project + "-maven";
		try {
			ChildProcess.run(command(), this.directory, log, this.timeout);
		}
		catch (IOException ex) {
			throw new IOException("Maven does not build it: " + reason(this.directory.resolve(log + ".out"), ex), ex);
		}
		Path built = this.directory.resolve(this.project);
		return built.resolve("classes") + File.pathSeparator + Files.readString(built.resolve("classpath")).strip();
	}

	private List<String> command() {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("benchmark.maven"), "bin", "mvn").toString(), "--batch-mode",
						"--quiet", "--file", PROJECTS.resolve(this.project).resolve("pom.xml").toString(),
						"-Dpeers.directory=" + this.directory,
						"-Dmaven.repo.local=" + System.getProperty("benchmark.repository")));
		if (Boolean.getBoolean("benchmark.offline")) {
			command.add("--offline");
		}
		command.addAll(List.of("compile", "dependency:build-classpath"));
		return command;
	}

	private static String reason(Path output, IOException ex) throws IOException {
		return Files.readString(output)
			.lines()
			.filter((line) -> line.startsWith("[ERROR]"))
			.findFirst()
			.map((line) -> line.substring("[ERROR]".length()).strip())
			.orElse(String.valueOf(ex.getMessage()));
	}

	/** What it needs, built before, and the drivers that all others use. */
	String classpath() {
		if (this.classpath == null) {
			throw new IllegalStateException(this.project + " is not built");
		}
		return this.classpath + File.pathSeparator + JavaProgram.drivers();
	}

}
