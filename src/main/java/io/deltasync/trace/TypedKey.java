package io.deltasync.trace;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A key as a person types it: a value, the values of a compound key in order, or
 * {@code name=value} for each of its properties.
 *
 * @param parts the arguments
 */
public record TypedKey(List<String> parts) {

	/** Separates the values of a compound key where records are listed. */
	private static final String SEPARATOR = ",";

	private static final Pattern PLAIN = Pattern.compile("[\\w.,:=@/+-]+");

	public TypedKey {
		parts = List.copyOf(parts);
	}

	/**
	 * Assigns the values to the properties of the key.
	 * @param link the Link's name, for messages
	 * @param names the names of the properties, in order
	 * @return the texts by name, in the same order
	 * @throws UntraceableException if the values do not fit the properties
	 */
	Map<String, String> assign(String link, List<String> names) {
		Map<String, String> named = byName(names);
		if (named != null) {
			return named;
		}
		List<String> values = this.parts;
		if (names.size() > 1 && values.size() == 1 && values.get(0).contains(SEPARATOR)) {
			return new TypedKey(Arrays.asList(values.get(0).split(SEPARATOR, -1))).assign(link, names);
		}
		if (values.size() != names.size()) {
			throw new UntraceableException("The key of Link '%s' consists of %s, but %d values were given; give %s"
				.formatted(link, String.join(", ", names), values.size(), example(names)));
		}
		Map<String, String> assigned = new LinkedHashMap<>();
		for (int i = 0; i < names.size(); i++) {
			assigned.put(names.get(i), values.get(i));
		}
		return assigned;
	}

	private static String example(List<String> names) {
		return String.join(" ", names.stream().map((name) -> name + "=VALUE").toList());
	}

	/** Returns the texts if each part names a property, and all are named; or null. */
	private @Nullable Map<String, String> byName(List<String> names) {
		Map<String, String> given = new LinkedHashMap<>();
		for (String part : this.parts) {
			int end = part.indexOf('=');
			Optional<String> name = names.stream()
				.filter((one) -> end > 0 && one.equalsIgnoreCase(part.substring(0, end)))
				.findFirst();
			if (name.isEmpty()) {
				return null;
			}
			given.put(name.get(), part.substring(end + 1));
		}
		if (given.size() != names.size()) {
			return null;
		}
		Map<String, String> ordered = new LinkedHashMap<>();
		names.forEach((name) -> ordered.put(name, String.valueOf(given.get(name))));
		return ordered;
	}

	/**
	 * Assigns the values without knowing the properties of the key.
	 * @return the texts by the names that were given; other values by their position
	 */
	Map<String, String> assignUnnamed() {
		Map<String, String> assigned = new LinkedHashMap<>();
		for (String part : this.parts) {
			int end = part.indexOf('=');
			assigned.put((end > 0) ? part.substring(0, end) : "value " + (assigned.size() + 1),
					part.substring(end + 1));
		}
		return assigned;
	}

	/** Returns the key as it is typed in a shell. */
	String inShell() {
		return String.join(" ",
				this.parts.stream()
					.map((part) -> PLAIN.matcher(part).matches() ? part : "'" + part.replace("'", "'\\''") + "'")
					.toList());
	}

}
