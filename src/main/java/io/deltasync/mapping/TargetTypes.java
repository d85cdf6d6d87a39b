package io.deltasync.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.deltasync.api.PropertyPath;
import io.deltasync.config.NearestName;
import org.jspecify.annotations.Nullable;

/**
 * The configured types of target properties. A type belongs to a property that the
 * mapping names, to a part of one or, if the mapping is not selective, to any property.
 */
final class TargetTypes {

	private static final String TYPES = "types";

	private final MappingSettings settings;

	private final BiConsumer<String, String> problems;

	/** The conversions that were not claimed yet, by property. */
	private final Map<String, Conversion> rest = new LinkedHashMap<>();

	TargetTypes(MappingSettings settings, BiConsumer<String, String> problems) {
		this.settings = settings;
		this.problems = problems;
		settings.typed().forEach((property, type) -> {
			try {
				this.rest.put(property, ValueType.parse(type, settings.zone()));
			}
			catch (IllegalArgumentException ex) {
				problems.accept(TYPES, "'%s' %s".formatted(property, ex.getMessage()));
			}
		});
	}

	/**
	 * Claims the type of a property that the mapping names.
	 * @return the conversion to it; null if the property keeps its type
	 */
	@Nullable Conversion take(TargetName target) {
		return this.rest.remove(target.text());
	}

	/** Claims the types of nested values, in claimed properties or in any property. */
	Map<PropertyPath, Conversion> takeParts(TargetNames targets, boolean any) {
		Map<PropertyPath, Conversion> parts = new LinkedHashMap<>();
		for (Map.Entry<String, Conversion> typed : new LinkedHashMap<>(this.rest).entrySet()) {
			PropertyPath path = MappedProperty.path(typed.getKey());
			if (path != null && (any || targets.hasAround(path.steps()))) {
				parts.put(path, typed.getValue());
				this.rest.remove(typed.getKey());
			}
		}
		return parts;
	}

	/** Claims all remaining types, for properties that keep their names. */
	List<MappedProperty> takeKept() {
		List<MappedProperty> properties = new ArrayList<>();
		this.rest.forEach((property, conversion) -> {
			String renamed = this.settings.renamed().get(property);
			if (renamed != null) {
				this.problems.accept(TYPES, "names '%s', which is renamed; name '%s'".formatted(property, renamed));
			}
			else {
				properties.add(MappedProperty.kept(property, conversion));
			}
		});
		this.rest.clear();
		return properties;
	}

	/** Reports the types that were not claimed. */
	void refuseRest(TargetNames targets) {
		this.rest.keySet()
			.forEach((property) -> this.problems.accept(TYPES,
					"names '%s', which is not a property that the target receives%s: %s".formatted(property,
							NearestName.hint(property, targets.all()), String.join(", ", targets.all()))));
	}

}
