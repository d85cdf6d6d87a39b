package io.deltasync.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A path to a nested property, such as {@code a.b[0].c}, taken apart once to be used for
 * many records. A property whose own name is the whole path comes first. Immutable.
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
	 * Takes a path apart.
	 * @param path names joined by dots, each with as many indexes as needed; a name alone
	 * will do
	 * @return the path
	 * @throws IllegalArgumentException when it has another form
	 */
	public static PropertyPath of(String path) {
		return new PropertyPath(path, steps(path));
	}

	/**
	 * Shows what the path consists of.
	 * @return a name first, then names and indexes: an Integer of 0 or more picks an
	 * element of a list, a String a part by its name
	 */
	public List<Object> steps() {
		return this.steps;
	}

	/**
	 * Reads the property.
	 * @param properties where to look
	 * @return its value; null when that is null, or when there is no such property
	 */
	public @Nullable Object get(Map<String, @Nullable Object> properties) {
		Object found = find(properties);
		return (found == ABSENT) ? null : found;
	}

	/**
	 * Tells whether there is such a property.
	 * @param properties where to look
	 * @return true when there is one, also when its value is null
	 */
	public boolean isIn(Map<String, @Nullable Object> properties) {
		return find(properties) != ABSENT;
	}

	/**
	 * Writes the property. Maps and lists on the way are replaced by changed copies, and
	 * made where there are none.
	 * @param properties where to write; nothing in it is changed when this throws
	 * @param value the value; may be null
	 * @throws IllegalArgumentException when the path leads through a value that is
	 * neither map nor list, or past the end of a list by more than one
	 */
	public void set(Map<String, @Nullable Object> properties, @Nullable Object value) {
		if (this.steps.size() == 1 || properties.containsKey(this.text)) {
			properties.put(this.text, value);
			return;
		}
		String name = (String) this.steps.get(0);
		// nothing is put before the whole path has turned out to be good
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
