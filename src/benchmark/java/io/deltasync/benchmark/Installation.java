package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The distribution, unpacked and trained as docs/installing.md says.
 *
 * @param build the build directory, with the archive of the distribution
 * @param directory where it is unpacked
 */
record Installation(Path build, Path directory) {

	/**
	 * Returns the installation of a run of the benchmark.
	 * @param jar the runnable jar, beside which the distribution is
	 * @param directory where programs keep their output
	 */
	static Installation of(Path jar, Path directory) {
		return new Installation(Objects.requireNonNull(jar.toAbsolutePath().getParent()),
				directory.resolve("installation"));
	}

	/** Unpacks it and archives its classes, unless that was done. */
	void install(Duration timeout) throws IOException, InterruptedException {
		if (Files.exists(this.directory)) {
			return;
		}
		Files.createDirectories(this.directory);
		ChildProcess.run(List.of("tar", "--extract", "--file", archive().toString(), "--strip-components=1",
				"--directory", this.directory.toString()), this.directory, "unpack", timeout);
		ChildProcess.run(Stream.concat(launch().stream(), Stream.of("train")).toList(), this.directory, "train",
				timeout);
	}

	private Path archive() throws IOException {
		try (DirectoryStream<Path> archives = Files.newDirectoryStream(this.build, "deltasync-*.tar.gz")) {
			for (Path archive : archives) {
				return archive;
			}
		}
		throw new IllegalStateException("No distribution in " + this.build + ": run ./mvnw package");
	}

	/**
	 * Returns what starts it, with this Java and the heap of all contenders.
	 * @param options further options for Java
	 */
	List<String> launch(String... options) {
		return List.of("env", "JAVA_HOME=" + System.getProperty("java.home"),
				"DELTASYNC_JAVA_OPTS=" + String.join(" ", List.of(Contender.HEAP, String.join(" ", options))).strip(),
				this.directory.resolve("bin").resolve("deltasync").toString());
	}

}
