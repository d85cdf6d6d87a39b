package io.deltasync.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes nested properties by a path such as {@code a.b[0].c}.
 */
final class PropertyPath {

	private static final Object ABSENT = new Object();

	private PropertyPath() {
	}

	static @Nullable Object get(Map<String, @Nullable Object> properties, String path) {
		Object found = find(properties, path);
		return (found == ABSENT) ? null : found;
	}

	static boolean has(Map<String, @Nullable Object> properties, String path) {
		return find(properties, path) != ABSENT;
	}

	static void set(Map<String, @Nullable Object> properties, String path, @Nullable Object value) {
		if (isName(path) || properties.containsKey(path)) {
			properties.put(path, value);
			return;
		}
		List<Object> steps = steps(path);
		Object container = properties;
		for (int i = 0; i < steps.size() - 1; i++) {
			Object child = copyOf(step(container, steps.get(i)), steps.get(i + 1), path);
			put(container, steps.get(i), child, path);
			container = child;
		}
		put(container, steps.get(steps.size() - 1), value, path);
	}

	private static @Nullable Object find(Map<String, @Nullable Object> properties, String path) {
		Object value = properties.get(path);
		if (value != null || properties.containsKey(path)) {
			return value;
		}
		if (isName(path)) {
			return ABSENT;
		}
		Object found = properties;
		for (Object step : steps(path)) {
			found = step(found, step);
			if (found == ABSENT) {
				return ABSENT;
			}
		}
		return found;
	}

	private static boolean isName(String path) {
		return path.indexOf('.') < 0 && path.indexOf('[') < 0;
	}

	private static @Nullable Object step(@Nullable Object container, Object step) {
		if (container instanceof Map<?, ?> map && step instanceof String name) {
			Object value = map.get(name);
			return (value == null && !map.containsKey(name)) ? ABSENT : value;
		}
		if (container instanceof List<?> list && step instanceof Integer index) {
			return (index < list.size()) ? list.get(index) : ABSENT;
		}
		return ABSENT;
	}

	/** Nested values may still be the original's, so what is changed is a copy. */
	private static Object copyOf(@Nullable Object child, Object nextStep, String path) {
		if (child == null || child == ABSENT) {
			return (nextStep instanceof Integer) ? new ArrayList<>() : new LinkedHashMap<>();
		}
		if (child instanceof Map<?, ?> map) {
			return new LinkedHashMap<>(map);
		}
		if (child instanceof List<?> list) {
			return new ArrayList<>(list);
		}
		throw new IllegalArgumentException(
				"The path '%s' leads through a value of type %s; only maps and lists have parts".formatted(path,
						child.getClass().getSimpleName()));
	}

	@SuppressWarnings("unchecked")
	private static void put(Object container, Object step, @Nullable Object value, String path) {
		if (container instanceof Map<?, ?> && step instanceof String name) {
			((Map<String, @Nullable Object>) container).put(name, value);
		}
		else if (container instanceof List<?> && step instanceof Integer index) {
			List<@Nullable Object> list = (List<@Nullable Object>) container;
			if (index > list.size()) {
				throw new IllegalArgumentException(
						"The path '%s' names element %d of a list of %d".formatted(path, index, list.size()));
			}
			if (index == list.size()) {
				list.add(value);
			}
			else {
				list.set(index, value);
			}
		}
		else {
			throw new IllegalArgumentException("The path '%s' names %s, but the value there is a %s".formatted(path,
					(step instanceof Integer) ? "an element of a list" : "a part by name",
					(container instanceof Map) ? "map" : "list"));
		}
	}

	private static List<Object> steps(String path) {
		List<Object> steps = new ArrayList<>();
		for (String part : path.split("\\.", -1)) {
			int bracket = part.indexOf('[');
			String name = (bracket < 0) ? part : part.substring(0, bracket);
			if (!name.isEmpty()) {
				steps.add(name);
			}
			else if (bracket != 0 || steps.isEmpty()) {
				throw new IllegalArgumentException("The path '%s' has an empty part".formatted(path));
			}
			while (bracket >= 0) {
				int end = part.indexOf(']', bracket);
				try {
					steps.add(Integer.parseUnsignedInt(part.substring(bracket + 1, end)));
				}
				catch (RuntimeException ex) {
					throw new IllegalArgumentException(
							"The path '%s' needs a number in brackets, as in a.b[0].c".formatted(path), ex);
				}
				bracket = part.indexOf('[', end);
			}
		}
		return steps;
	}

}
