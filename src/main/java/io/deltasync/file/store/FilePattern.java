package io.deltasync.file.store;

import java.util.List;

import org.springframework.util.AntPathMatcher;

/**
 * A path in which {@code *}, {@code ?} and {@code **} stand for any name, any character
 * and any number of directories. Thread-safe.
 */
public final class FilePattern {

	private static final int DEEP = 64;

	private static final AntPathMatcher MATCHER = new AntPathMatcher();

	private final String directory;

	private final String pattern;

	private final List<String> exclude;

	/**
	 * Creates a pattern.
	 * @param path the path
	 * @param exclude patterns of files that are left out, below the fixed part of the
	 * path
	 * @throws IllegalArgumentException if the path does not name files
	 */
	public FilePattern(String path, List<String> exclude) {
		if (path.isBlank() || path.endsWith("/")) {
			throw new IllegalArgumentException(
					"path is '%s'; give a file or a pattern, such as /srv/in/*.csv".formatted(path));
		}
		int wildcard = 0;
		while (wildcard < path.length() && "*?".indexOf(path.charAt(wildcard)) < 0) {
			wildcard++;
		}
		int end = path.lastIndexOf('/', wildcard - 1);
		this.directory = (end > 0) ? path.substring(0, end) : (end == 0) ? "/" : "";
		this.pattern = literal(path.substring(end + 1));
		this.exclude = exclude.stream().map(FilePattern::literal).toList();
	}

	/** Braces have a meaning for the matcher that they do not have here. */
	private static String literal(String pattern) {
		if (pattern.indexOf('{') >= 0 || pattern.indexOf('}') >= 0) {
			throw new IllegalArgumentException("'%s' has a brace; use ? in its place".formatted(pattern));
		}
		return pattern;
	}

	/** Returns the directories before the first wildcard; empty if there are none. */
	public String directory() {
		return this.directory;
	}

	/** Returns the rest of the path. */
	public String pattern() {
		return this.pattern;
	}

	/** Returns how many directories deep files can be that match. */
	public int depth() {
		return this.pattern.contains("**") ? DEEP : this.pattern.split("/").length;
	}

	/**
	 * Whether a file matches. Those that are being written do not: hidden ones, and those
	 * that end in {@code .tmp}, {@code .part} or {@code .filepart}.
	 * @param file the file, below the directory
	 * @return true if it does, and is not excluded
	 */
	public boolean matches(StoredFile file) {
		String name = file.name();
		return !name.startsWith(".") && !name.endsWith(".tmp") && !name.endsWith(".part") && !name.endsWith(".filepart")
				&& MATCHER.match(this.pattern, file.path())
				&& this.exclude.stream().noneMatch((pattern) -> MATCHER.match(pattern, file.path()));
	}

}
