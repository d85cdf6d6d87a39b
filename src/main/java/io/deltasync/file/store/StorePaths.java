package io.deltasync.file.store;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Checks paths below the root of a place.
 */
public final class StorePaths {

	/** The absolute path of another system. */
	private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

	private StorePaths() {
	}

	/**
	 * Returns the path, if it cannot lead out of the place.
	 * @param path a path with slashes
	 * @return the same path
	 * @throws IllegalArgumentException if it is absolute or empty, or has a part
	 * {@code ..}
	 */
	public static String checked(String path) {
		List<String> parts = List.of(path.replace('\\', '/').split("/", -1));
		if (path.isEmpty() || parts.get(0).isEmpty() || parts.contains("..") || DRIVE.matcher(parts.get(0)).matches()
				|| path.indexOf('\0') >= 0) {
			throw new IllegalArgumentException(
					"'%s' is not a path below the directory; give one without .. that does not begin with a slash"
						.formatted(path.replace("\0", "\\0")));
		}
		return path;
	}

}
