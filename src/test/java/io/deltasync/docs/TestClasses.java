package io.deltasync.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds test classes by the patterns that Maven takes.
 */
final class TestClasses {

	private TestClasses() {
	}

	static List<String> named(String pattern) {
		String regex = pattern.replaceAll("[#].*", "").replace("*", "\\w*");
		try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".java"))
				.map((name) -> name.replace(".java", ""))
				.filter((name) -> name.matches(regex))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
