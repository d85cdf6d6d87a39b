package io.deltasync.benchmark;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A contender whose main class is here: it gets the URL and, for a delta, the time since
 * which rows changed.
 */
record JavaProgram(String name, Class<?> main, String classpath, String url, boolean hasDelta) implements Contender {

	/** By this the directory with the benchmark's own classes is known. */
	private static final String MARKER = JavaProgram.class.getName().replace('.', '/') + ".class";

	/** Plain JDBC: no library but the drivers. */
	static String drivers() {
		return classpath((file) -> file.contains("mysql-connector") || file.contains("mariadb-java-client"));
	}

	/** All that the product depends on, but not the product: it would start with Boot. */
	static String libraries() {
		return classpath((file) -> file.endsWith(".jar"));
	}

	private static String classpath(Predicate<String> wanted) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> Path.of(entry).toAbsolutePath())
			.filter((entry) -> Files.exists(entry.resolve(MARKER)) || wanted.test(entry.getFileName().toString()))
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
	}

	@Override
	public List<String> fullLoad() {
		return command();
	}

	@Override
	public List<String> delta(String since) {
		return this.hasDelta ? command(since) : List.of();
	}

	private List<String> command(String... more) {
		return Stream
			.concat(Stream.of(JAVA, HEAP, "-classpath", this.classpath, this.main.getName(), this.url), Stream.of(more))
			.toList();
	}

	@Override
	public Copied copied(String output) {
		return Copied.parse(output);
	}

}
