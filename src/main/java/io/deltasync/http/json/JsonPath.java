package io.deltasync.http.json;

import java.util.ArrayList;
import java.util.List;

/**
 * A path to a place in a JSON document, such as {@code data.items}. Immutable.
 *
 * @param names the names of the fields, outermost first; empty for the whole document
 */
public record JsonPath(List<String> names) {

	/**
	 * Creates a path.
	 */
	public JsonPath {
		names = List.copyOf(names);
	}

	/**
	 * Reads a path.
	 * @param text names with dots between them; empty for the whole document
	 * @throws IllegalArgumentException if a name is empty; the message is the predicate
	 * of a sentence about the text
	 */
	public static JsonPath of(String text) {
		List<String> names = text.isEmpty() ? List.of() : List.of(text.split("\\.", -1));
		if (names.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("is '%s'; give names with single dots between them".formatted(text));
		}
		return new JsonPath(names);
	}

	boolean isBelow(JsonPath other) {
		return this.names.size() > other.names.size() && this.names.subList(0, other.names.size()).equals(other.names);
	}

	JsonPath child(String name) {
		List<String> longer = new ArrayList<>(this.names);
		longer.add(name);
		return new JsonPath(longer);
	}

	@Override
	public String toString() {
		return String.join(".", this.names);
	}

}
