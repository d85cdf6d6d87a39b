package io.deltasync.link;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A mapping as it is configured.
 *
 * @param select the source properties to take; null takes all
 * @param rename from source property to target property; may be null
 * @param constants from target property to its value; may be null
 */
record MappingSettings(@Nullable List<String> select, @Nullable Map<String, String> rename,
		@Nullable Map<String, Object> constants) {

	List<String> selected() {
		return (this.select != null) ? this.select : List.of();
	}

	Map<String, String> renamed() {
		return (this.rename != null) ? this.rename : Map.of();
	}

	Map<String, Object> constant() {
		return (this.constants != null) ? this.constants : Map.of();
	}

}
