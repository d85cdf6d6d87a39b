package io.deltasync.schema;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The file of an H2 database that one process opens at a time.
 */
public final class EmbeddedFile {

	private static final String H2 = "jdbc:h2:";

	private static final Set<String> OTHERS = Set.of("tcp:", "ssl:", "mem:", "zip:");

	private EmbeddedFile() {
	}

	/**
	 * Whether H2 keeps other processes from a database.
	 * @param url the URL with all settings
	 * @return false for a server, a database in memory, and files that are shared
	 */
	public static boolean isLocked(String url) {
		String lower = url.toLowerCase(Locale.ROOT);
		return lower.startsWith(H2) && OTHERS.stream().noneMatch((kind) -> lower.startsWith(H2 + kind))
				&& !lower.contains("auto_server=true") && !lower.contains("file_lock=");
	}

	/**
	 * Returns a path beside a database that one process opens at a time.
	 * @param url the URL with all settings
	 * @param suffix the end of the file's name, after the name of the database
	 * @return the path; empty for other databases
	 */
	public static Optional<Path> beside(String url, String suffix) {
		if (!isLocked(url)) {
			return Optional.empty();
		}
		String name = url.substring(H2.length()).split(";", 2)[0];
		if (name.startsWith("file:")) {
			name = name.substring("file:".length());
		}
		if (name.startsWith("~/")) {
			name = System.getProperty("user.home") + name.substring(1);
		}
		// one letter before a colon is a drive, more are another file system of H2
		if (name.indexOf(':') > 1) {
			return Optional.empty();
		}
		try {
			return Optional.of(Path.of(name + suffix).toAbsolutePath());
		}
		catch (InvalidPathException ex) {
			return Optional.empty();
		}
	}

}
