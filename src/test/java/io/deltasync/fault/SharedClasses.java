package io.deltasync.fault;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of this JVM for children that are started by the hundred: with an
 * archive of its classes, which the first child writes when it ends, the others need half
 * the time. Folders become jars, as an archive is of jars only.
 */
public final class SharedClasses {

	private final Path archive;

	private final String path;

	SharedClasses(Path directory) throws IOException {
		this.archive = directory.resolve("classes.jsa");
		List<String> entries = new ArrayList<>();
		for (String entry : path().split(File.pathSeparator)) {
			Path folder = Path.of(entry);
			entries.add(Files.isDirectory(folder)
					? jar(folder, directory.resolve("folder" + entries.size() + ".jar")).toString() : entry);
		}
		this.path = String.join(File.pathSeparator, entries);
	}

	/** Java's options for a child that shares nothing, as it may be the only one. */
	public static List<String> unshared() {
		return List.of("-cp", path());
	}

	/** Java's options for a child that runs while no other does. */
	List<String> options() {
		String archive = Files.exists(this.archive) ? "SharedArchiveFile" : "ArchiveClassesAtExit";
		return List.of("-XX:%s=%s".formatted(archive, this.archive), "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-cp",
				this.path);
	}

	public static String path() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private static Path jar(Path folder, Path jar) throws IOException {
		try (OutputStream out = Files.newOutputStream(jar);
				JarOutputStream entries = new JarOutputStream(out);
				Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter((file) -> !file.equals(folder)).toList()) {
				boolean isFile = Files.isRegularFile(file);
				String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
				// migrations are found in folders that have entries of their own only
				entries.putNextEntry(new JarEntry(isFile ? name : name + "/"));
				if (isFile) {
					Files.copy(file, entries);
				}
			}
		}
		return jar;
	}

}
