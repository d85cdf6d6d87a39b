package io.deltasync.connection;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Identifies the file of a URL of SQLite or DuckDB. */
final class EmbeddedLocation {

	private static final Pattern URL = Pattern.compile("(sqlite|duckdb):(?:file:)?([^?;]*)(.*)",
			Pattern.CASE_INSENSITIVE);

	private EmbeddedLocation() {
	}

	static boolean isOne(String url) {
		return URL.matcher(url).matches();
	}

	/**
	 * Returns the location, with the schema of tables that are named without one.
	 * @param url a URL without {@code jdbc:}
	 */
	static String of(String url) {
		Matcher matcher = URL.matcher(url);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(url);
		}
		return matcher.group(1) + ":" + file(matcher.group(2)) + "/main";
	}

	private static String file(String name) {
		try {
			return (name.isEmpty() || name.startsWith(":")) ? name
					: Path.of(name).toAbsolutePath().normalize().toString().replace('\\', '/');
		}
		catch (InvalidPathException ex) {
			return name;
		}
	}

	/**
	 * Returns the problem of a database in memory, which each connection of the pool
	 * would have for itself.
	 * @param url a JDBC URL
	 * @return the problem and its remedy; null if there is none
	 */
	static @Nullable String problem(String url) {
		Matcher matcher = URL.matcher(url.replaceFirst("(?i)^jdbc:", ""));
		boolean separate = matcher.matches() && (matcher.group(2).isEmpty() || matcher.group(2).equals(":memory:"))
				&& !matcher.group(3).contains("cache=shared");
		return separate
				? "is '%s', a database in memory that each connection would have for itself; name a file".formatted(url)
				: null;
	}

}
