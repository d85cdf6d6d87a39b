package io.deltasync.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a target holds for a record.
 *
 * @param properties the values of the row, by the target's names, in order
 * @param differences the names of those properties of the compared record whose values
 * the target would change if the record were delivered; empty if the row is as it would
 * be delivered
 */
public record FoundRecord(Map<String, @Nullable Object> properties, List<String> differences) {

	/**
	 * Copies the values, which may be null.
	 */
	public FoundRecord {
		properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
		differences = List.copyOf(differences);
	}

}
