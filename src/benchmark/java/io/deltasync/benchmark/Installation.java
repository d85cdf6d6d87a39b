package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The product as docs/operations.md says to install it for a fast start: its jar taken
 * apart, and an archive of its classes.
 *
 * @param jar the runnable jar
 * @param directory where it is installed
 */
record Installation(Path jar, Path directory) {

	/** Takes the jar apart. */
	void extract(Duration timeout) throws IOException, InterruptedException {
		Files.createDirectories(this.directory);
		ChildProcess.run(List.of(Contender.JAVA, "-Djarmode=tools", "-jar", this.jar.toString(), "extract",
				"--destination", parts().toString()), this.directory, "extract", timeout);
	}

	/** What java is told in order to start it and write the archive. */
	List<String> training() {
		return List.of("-XX:ArchiveClassesAtExit=" + archive(), "-jar", installed().toString());
	}

	/** What java is told in order to start it. */
	List<String> launch() {
		return List.of("-XX:SharedArchiveFile=" + archive(), "-jar", installed().toString());
	}

	private Path parts() {
		return this.directory.resolve("deltasync");
	}

	private Path installed() {
		return parts().resolve(this.jar.getFileName());
	}

	private Path archive() {
		return this.directory.resolve("deltasync.jsa");
	}

}
