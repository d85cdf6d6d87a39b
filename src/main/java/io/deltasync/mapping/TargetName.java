package io.deltasync.mapping;

import io.deltasync.api.PropertyPath;
import org.jspecify.annotations.Nullable;

/**
 * Where a property goes at the target. Immutable.
 *
 * @param text as it is configured, for messages; the property's name unless there is a
 * path
 * @param path the way into nested maps and lists; null when the property stands by itself
 * @param inList whether the path leads through a list, whose elements keep their places
 */
record TargetName(String text, @Nullable PropertyPath path, boolean inList) {

	/**
	 * Takes a configured name. A name in brackets is taken as it is, as in a key.
	 * @param text the name or path
	 * @return where it leads
	 * @throws IllegalArgumentException when it looks like a path, but is none
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

}
