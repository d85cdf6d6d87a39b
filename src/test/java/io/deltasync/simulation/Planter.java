package io.deltasync.simulation;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import io.deltasync.fault.SharedClasses;

/**
 * Makes the product with a bug in it: changed copies of single source files are compiled
 * and stand before the product's own classes.
 */
final class Planter {

	private static final Path SOURCES = Path.of("src", "main", "java", "io", "deltasync");

	private final Path directory;

	private final String classPath = SharedClasses.path();

	/** The libraries, which are loaded once for all bugs. */
	private final URLClassLoader libraries;

	/**
	 * Makes one.
	 * @param directory where changed classes go
	 */
	Planter(Path directory) {
		this.directory = directory;
		this.libraries = new URLClassLoader(urls(false), ClassLoader.getPlatformClassLoader());
	}

	/**
	 * Plants a bug.
	 * @return a class loader of its own of the product with the bug and of the simulation
	 */
	ClassLoader plant(PlantedBug bug) throws IOException {
		Path planted = Files.createTempDirectory(this.directory, "planted");
		Map<String, String> sources = sources(bug);
		List<String> arguments = new ArrayList<>(
				List.of("-proc:none", "-nowarn", "-parameters", "-cp", this.classPath, "-d", planted.toString()));
		for (Map.Entry<String, String> source : sources.entrySet()) {
			Path copy = planted.resolve(Path.of(source.getKey() + ".java").getFileName());
			arguments.add(Files.writeString(copy, source.getValue()).toString());
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		if (!sources.isEmpty() && compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
			throw new IllegalStateException("The bug '%s' does not compile".formatted(bug.name()));
		}
		URL[] urls = Stream.concat(Stream.of(url(planted)), Stream.of(urls(true))).toArray(URL[]::new);
		return new URLClassLoader(urls, this.libraries);
	}

	/**
	 * Returns the changed sources. Fails when the code has gone on and the bug has not.
	 * @return the changed sources by file
	 */
	static Map<String, String> sources(PlantedBug bug) throws IOException {
		Map<String, String> sources = new LinkedHashMap<>();
		for (PlantedBug.Edit edit : bug.edits()) {
			String source = sources.containsKey(edit.file()) ? sources.get(edit.file())
					: Files.readString(SOURCES.resolve(edit.file() + ".java"));
			sources.put(edit.file(), edited(bug, edit, source));
		}
		return sources;
	}

	private static String edited(PlantedBug bug, PlantedBug.Edit edit, String source) {
		int found = source.indexOf(edit.text());
		if (found < 0 || source.indexOf(edit.text(), found + 1) >= 0) {
			throw new IllegalStateException("The bug '%s' replaces a text in %s that occurs %s: %s"
				.formatted(bug.name(), edit.file(), (found < 0) ? "nowhere" : "more than once", edit.text()));
		}
		return source.replace(edit.text(), edit.replacement());
	}

	private URL[] urls(boolean own) {
		return Stream.of(this.classPath.split(java.io.File.pathSeparator))
			.map(Path::of)
			.filter((entry) -> Files.isDirectory(entry) == own)
			.map(Planter::url)
			.toArray(URL[]::new);
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
