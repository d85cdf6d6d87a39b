package io.deltasync.http.json;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the properties of one element while its records are read. Confined to one thread.
 */
public final class ParentValues {

	private final ParentPaths parent;

	private final JsonPath records;

	private final Map<JsonPath, @Nullable Object> values = new HashMap<>();

	ParentValues(ParentPaths parent, JsonPath records) {
		this.parent = parent;
		this.records = records;
	}

	/** Forgets the values of the element before, if a value is another element. */
	void enter(JsonPath at) {
		if (!this.values.isEmpty() && this.parent.element().matches(at)) {
			this.values.clear();
		}
	}

	/** Returns the property at a place; null if there is none. */
	@Nullable JsonPath at(JsonPath at) {
		for (JsonPath path : this.parent.paths().values()) {
			if (path.matches(at)) {
				return path;
			}
		}
		return null;
	}

	boolean isBelow(JsonPath at) {
		return this.parent.paths().values().stream().anyMatch((path) -> path.isBelow(at));
	}

	void put(JsonPath path, @Nullable Object value) {
		this.values.put(path, value);
	}

	/**
	 * Returns a record with the properties of its element.
	 * @throws AnswerException if one of them has not come yet, or if the record has a
	 * property of the same name
	 */
	@Nullable Object addTo(@Nullable Object record) {
		if (this.parent.paths().isEmpty() || record == null) {
			return record;
		}
		Map<String, @Nullable Object> added = new LinkedHashMap<>();
		this.parent.paths().forEach((name, path) -> {
			if (!this.values.containsKey(path)) {
				throw new AnswerException(
						"has no '%s' before '%s': 'parent' takes only properties that each element has, and has before its records, so that no more than one record is kept in memory; have the API write '%s' first, or remove it from 'parent'"
							.formatted(path, this.records, name(path)));
			}
			added.put(name, this.values.get(path));
		});
		return added(record, added, "parent");
	}

	private static String name(JsonPath path) {
		return path.names().get(path.names().size() - 1);
	}

	/**
	 * Returns a record with more properties.
	 * @param record the record
	 * @param more the properties
	 * @param option the option that names them
	 * @return the record with the properties
	 * @throws AnswerException if the record has a property of the same name; the message
	 * is the predicate of a sentence about the answer
	 */
	public static Object added(Object record, Map<String, ? extends @Nullable Object> more, String option) {
		if (!(record instanceof Map<?, ?> own)) {
			return record;
		}
		Map<Object, @Nullable Object> all = new LinkedHashMap<>(own);
		more.forEach((name, value) -> {
			if (all.put(name, value) != null || own.containsKey(name)) {
				throw new AnswerException("has a record with a property '%s' of its own; choose another name in '%s'"
					.formatted(name, option));
			}
		});
		return all;
	}

}
