package io.deltasync.http.json;

import java.util.ArrayList;
import java.util.List;

/**
 * A path to a place in a JSON document, such as {@code data.items}. Immutable.
 *
 * @param names the names of the fields, outermost first; empty for the whole document
 */
public record JsonPath(List<String> names) {

	/** Stands for each element of an array, and for each field of an object. */
	static final String ANY = "*";

	/**
	 * Creates a path.
	 */
	public JsonPath {
		names = List.copyOf(names);
	}

	/**
	 * Reads a path to one place.
	 * @param text names with dots between them; empty for the whole document
	 * @throws IllegalArgumentException if a name is empty or '*'; the message is the
	 * predicate of a sentence about the text
	 */
	public static JsonPath of(String text) {
		JsonPath path = ofMany(text);
		if (path.names.contains(ANY)) {
			throw new IllegalArgumentException(
					"is '%s', but '*' stands for many places; give the path to one".formatted(text));
		}
		return path;
	}

	/**
	 * Reads a path that may lead to many places.
	 * @param given names with dots between them, of which '*' stands for each element of
	 * an array and for each field of an object; {@code data[*]} is the same as
	 * {@code data.*}
	 * @throws IllegalArgumentException if a name is empty; the message is the predicate
	 * of a sentence about the text
	 */
	public static JsonPath ofMany(String given) {
		String text = given.replace("[*]", ".*").replaceFirst("^\\.(?=\\*)", "");
		List<String> names = text.isEmpty() ? List.of() : List.of(text.split("\\.", -1));
		if (names.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("is '%s'; give names with single dots between them".formatted(given));
		}
		return new JsonPath(names);
	}

	/** Whether a place below another one is meant. */
	boolean isBelow(JsonPath place) {
		return this.names.size() > place.names.size() && begins(place);
	}

	/** Whether each element or field of a place leads on. */
	boolean fansOutAt(JsonPath place) {
		return isBelow(place) && this.names.get(place.names.size()).equals(ANY);
	}

	/** Whether a place is meant. */
	boolean matches(JsonPath place) {
		return this.names.size() == place.names.size() && begins(place);
	}

	private boolean begins(JsonPath place) {
		for (int i = 0; i < place.names.size(); i++) {
			String name = this.names.get(i);
			if (!name.equals(ANY) && !name.equals(place.names.get(i))) {
				return false;
			}
		}
		return true;
	}

	boolean leadsToMany() {
		return this.names.contains(ANY);
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
