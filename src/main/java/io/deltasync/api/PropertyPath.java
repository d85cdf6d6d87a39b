package io.deltasync.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A path to a nested property, such as {@code a.b[0].c}, parsed once for use with many
 * records. A property whose name equals the whole path takes precedence. Immutable.
 */
public final class PropertyPath {

	private static final Pattern PART = Pattern.compile("([^\\[]+)((?:\\[\\d+])*)");

	private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

	private static final Object ABSENT = new Object();

	private final String text;

	private final List<Object> steps;

	private PropertyPath(String text, List<Object> steps) {
		this.text = text;
		this.steps = List.copyOf(steps);
	}

	/**
	 * Parses a path.
	 * @param path names joined by dots, each followed by any number of indexes in
	 * brackets; a single name is a valid path
	 * @return the path
	 * @throws IllegalArgumentException if the path has another form
	 */
	public static PropertyPath of(String path) {
		return new PropertyPath(path, steps(path));
	}

	/**
	 * Returns the steps of the path.
	 * @return an unmodifiable list of a name followed by names and indexes: an Integer of
	 * 0 or more selects an element of a list, a String a value of a map
	 */
	public List<Object> steps() {
		return this.steps;
	}

	/**
	 * Returns the value of the property.
	 * @param properties the properties to search
	 * @return the value; null if it is null or there is no such property
	 */
	public @Nullable Object get(Map<String, @Nullable Object> properties) {
		Object found = find(properties);
		return (found == ABSENT) ? null : found;
	}

	/**
	 * Whether the property exists.
	 * @param properties the properties to search
	 * @return true if it exists, even if its value is null
	 */
	public boolean isIn(Map<String, @Nullable Object> properties) {
		return find(properties) != ABSENT;
	}

	/**
	 * Sets the value of the property. Maps and lists on the path are replaced by modified
	 * copies, and created where they are missing.
	 * @param properties the properties to change; unchanged if this method throws
	 * @param value the value; may be null
	 * @throws IllegalArgumentException if the path leads through a value that is neither
	 * a map nor a list, or more than one element past the end of a list
	 */
	public void set(Map<String, @Nullable Object> properties, @Nullable Object value) {
		if (this.steps.size() == 1 || properties.containsKey(this.text)) {
			properties.put(this.text, value);
			return;
		}
		String name = (String) this.steps.get(0);
		// put last, so that an invalid path changes nothing
		properties.put(name,
				changed(step(properties, name), this.steps.subList(1, this.steps.size()), value, this.text));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PropertyPath path && this.steps.equals(path.steps);
	}

	@Override
	public int hashCode() {
		return this.steps.hashCode();
	}

	@Override
	public String toString() {
		return this.text;
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
		of(path).set(properties, value);
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
		return isName(path) ? ABSENT : of(path).walk(properties);
	}

	private @Nullable Object find(Map<String, @Nullable Object> properties) {
		Object value = properties.get(this.text);
		return (value != null || properties.containsKey(this.text)) ? value : walk(properties);
	}

	private @Nullable Object walk(Map<String, @Nullable Object> properties) {
		Object found = properties;
		for (Object step : this.steps) {
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

	/** Copies a container before it is changed: the original properties may share it. */
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
					"The path '%s' has the index %s, which is too large".formatted(path, digits), ex);
		}
	}

}
