package io.deltasync.mapping;

import java.util.List;
import java.util.Map;

import io.deltasync.api.PropertyPath;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a mapping, in this order. Immutable.
 * 
 * @param selective whether only the named properties are delivered
 * @param properties the named properties
 * @param constants the values that are added to each record
 * @param computed the values that are computed for each record
 * @param parts the conversions of nested values
 * @param nullsSkipped whether properties without a value are left out
 */
record MappingSteps(boolean selective, List<MappedProperty> properties, Map<TargetName, @Nullable Object> constants,
		List<ComputedProperty> computed, Map<PropertyPath, Conversion> parts, boolean nullsSkipped) {

	static final MappingSteps NONE = new MappingSteps(false, List.of(), Map.of(), List.of(), Map.of(), false);

	boolean areNone() {
		return equals(NONE);
	}

}
