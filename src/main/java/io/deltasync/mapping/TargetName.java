package io.deltasync.mapping;

import io.deltasync.api.PropertyPath;
import org.jspecify.annotations.Nullable;

/**
 * The name or path of a property at the target. Immutable.
 *
 * @param text the configured text, for messages; the property's name unless there is a
 * path
 * @param path the path into nested maps and lists; null for a property at the top level
 * @param inList whether the path leads through a list, whose elements keep their
 * positions
 */
record TargetName(String text, @Nullable PropertyPath path, boolean inList) {

	/**
	 * Parses a configured name. A name in brackets is never a path, as in a key.
	 * @param text the name or path
	 * @return the parsed name
	 * @throws IllegalArgumentException if it looks like a path but is not one
	 */
	static TargetName of(String text) {
		if (text.startsWith("[") && text.endsWith("]")) {
			return whole(text.substring(1, text.length() - 1));
		}
		return looksLikePath(text) ? of(PropertyPath.of(text)) : whole(text);
	}

	static TargetName of(PropertyPath path) {
		return new TargetName(path.toString(), path, path.steps().stream().anyMatch(Integer.class::isInstance));
	}

	static TargetName whole(String name) {
		return new TargetName(name, null, false);
	}

	static boolean looksLikePath(String name) {
		return name.indexOf('.') >= 0 || name.indexOf('[') >= 0;
	}

	/** Returns the name of the property that is set, of which a path names a part. */
	String first() {
		return (this.path != null) ? (String) this.path.steps().get(0) : this.text;
	}

}
