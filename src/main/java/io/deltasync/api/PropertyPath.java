package io.deltasync.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes nested properties by a path such as {@code a.b[0].c}.
 */
final class PropertyPath {

	private static final Pattern PART = Pattern.compile("([^\\[]+)((?:\\[\\d+])*)");

	private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

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
		String name = (String) steps.get(0);
		// nothing is put before the whole path has turned out to be good
		properties.put(name, changed(step(properties, name), steps.subList(1, steps.size()), value, path));
	}

	private static @Nullable Object changed(@Nullable Object old, List<Object> steps, @Nullable Object value,
			String path) {
		if (steps.isEmpty()) {
			return value;
		}
		Object step = steps.get(0);
		Object container = copyOf(old, step, path);
		put(container, step, changed(step(container, step), steps.subList(1, steps.size()), value, path), path);
		return container;
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
			Matcher matcher = PART.matcher(part);
			if (!matcher.matches()) {
				throw new IllegalArgumentException(
						"The path '%s' is not of the form a.b[0].c: each part needs a name, and each bracket a number"
							.formatted(path));
			}
			steps.add(matcher.group(1));
			Matcher indexes = INDEX.matcher(matcher.group(2));
			while (indexes.find()) {
				steps.add(index(indexes.group(1), path));
			}
		}
		return steps;
	}

	private static int index(String digits, String path) {
		try {
			return Integer.parseInt(digits);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"The path '%s' names element %s of a list, which is too far".formatted(path, digits), ex);
		}
	}

}
