package io.deltasync.file.store;

import java.util.List;

/**
 * Checks paths below the root of a place.
 */
public final class StorePaths {

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
		if (path.isEmpty() || parts.get(0).isEmpty() || parts.contains("..") || parts.get(0).contains(":")
				|| path.indexOf('\0') >= 0) {
			throw new IllegalArgumentException(
					"'%s' is not a path below the directory; give one without .. that does not begin with a slash"
						.formatted(path.replace("\0", "\\0")));
		}
		return path;
	}

}
