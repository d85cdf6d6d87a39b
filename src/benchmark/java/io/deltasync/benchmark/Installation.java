package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The product as README tells to install it for a fast start: its jar taken apart, and an
 * archive of its classes.
 *
 * @param jar the jar that was taken apart
 * @param archive the classes, once they were trained
 */
record Installation(Path jar, Path archive) {

	/**
	 * Takes the jar apart.
	 * @param jar the runnable jar
	 * @param directory where to
	 */
	static Installation create(Path jar, Path directory, Duration timeout) throws IOException, InterruptedException {
		Files.createDirectories(directory);
		ChildProcess.run(List.of(Contender.JAVA, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination",
				directory.resolve("deltasync").toString()), directory, "extract", timeout);
		return new Installation(directory.resolve("deltasync").resolve(jar.getFileName()),
				directory.resolve("deltasync.jsa"));
	}

	/** What java is told in order to start it and write the archive. */
	List<String> training() {
		return List.of("-XX:ArchiveClassesAtExit=" + this.archive, "-jar", this.jar.toString());
	}

	/** What java is told in order to start it. */
	List<String> launch() {
		return List.of("-XX:SharedArchiveFile=" + this.archive, "-jar", this.jar.toString());
	}

}
