package io.deltasync.http.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The properties of the element around records that each of these records receives.
 * Immutable.
 *
 * @param element the path of the elements
 * @param paths the paths of the properties, by their names in the records
 */
public record ParentPaths(JsonPath element, Map<String, JsonPath> paths) {

	/** No properties. */
	public static final ParentPaths NONE = new ParentPaths(new JsonPath(List.of()), Map.of());

	/**
	 * Reads the paths.
	 * @param records where the records are
	 * @param properties the paths below the innermost element around the records, by
	 * their names in the records
	 * @return the paths
	 * @throws IllegalArgumentException if there is no such element, or if a path leads to
	 * the records; the message is the predicate of a sentence about the properties
	 */
	public static ParentPaths of(JsonPath records, Map<String, String> properties) {
		List<String> names = records.names();
		int depth = names.isEmpty() ? 0 : names.subList(0, names.size() - 1).lastIndexOf(JsonPath.ANY) + 1;
		if (depth == 0) {
			throw new IllegalArgumentException(
					"needs an element around the records, as in 'records: data.*.items'; correct records");
		}
		JsonPath element = new JsonPath(names.subList(0, depth));
		Map<String, JsonPath> paths = new LinkedHashMap<>();
		properties.forEach((name, text) -> {
			JsonPath path = element;
			for (String part : JsonPath.of(text).names()) {
				path = path.child(part);
			}
			if (text.isEmpty() || records.isBelow(path) || records.matches(path) || path.isBelow(records)) {
				throw new IllegalArgumentException(
						"has '%s' for '%s', which is not beside the records; give a property of the element around them"
							.formatted(text, name));
			}
			paths.put(name, path);
		});
		return new ParentPaths(element, paths);
	}

}
