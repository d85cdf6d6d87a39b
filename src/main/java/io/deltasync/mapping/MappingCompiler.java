package io.deltasync.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import io.deltasync.api.PropertyPath;
import io.deltasync.config.Mask;
import io.deltasync.config.NearestName;
import org.jspecify.annotations.Nullable;

/**
 * Checks the settings of a mapping and compiles them to a {@link Mapping}.
 */
public final class MappingCompiler {

	private static final String SELECT = "select";

	private static final String RENAME = "rename";

	private static final String CONSTANTS = "constants";

	private final MappingSettings settings;

	private final Mask mask;

	private final BiConsumer<String, String> problems;

	private final TargetNames targets;

	private final TargetTypes types;

	private MappingCompiler(MappingSettings settings, Mask mask, BiConsumer<String, String> problems) {
		this.settings = settings;
		this.mask = mask;
		this.problems = problems;
		this.targets = new TargetNames(problems);
		this.types = new TargetTypes(settings, problems);
	}

	/**
	 * Creates a mapping.
	 * @param settings the settings, or null for none
	 * @param mask the properties whose values are hidden in messages
	 * @param problems receives the key and the description of each problem
	 * @return the mapping; must not be used if there were problems
	 */
	public static Mapping compile(@Nullable MappingSettings settings, Mask mask, BiConsumer<String, String> problems) {
		return new Mapping(
				(settings != null) ? new MappingCompiler(settings, mask, problems).steps() : MappingSteps.NONE);
	}

	private MappingSteps steps() {
		List<MappedProperty> properties = (this.settings.select() != null) ? selected(this.settings.select())
				: renamed();
		List<ComputedProperty> computed = new ComputedProperties(this.settings, this.mask, this.problems)
			.compile(this.targets, this.types);
		Map<TargetName, @Nullable Object> constants = constants();
		boolean selective = this.settings.select() != null;
		Map<PropertyPath, Conversion> parts = this.types.takeParts(this.targets, !selective);
		if (!selective) {
			properties.addAll(this.types.takeKept());
		}
		this.types.refuseRest(this.targets);
		properties
			.replaceAll((property) -> this.mask.touchesSource(property.source()) ? property.withMask() : property);
		parts.replaceAll(
				(path, conversion) -> this.mask.touchesTarget(path.toString()) ? conversion.withMask() : conversion);
		return new MappingSteps(selective, properties, constants, computed, parts,
				this.settings.nulls() == MappingSettings.Nulls.SKIP);
	}

	private List<MappedProperty> selected(List<String> select) {
		if (select.isEmpty()) {
			this.problems.accept(SELECT, "is empty; leave it out to take all properties");
		}
		Map<String, String> renamed = this.settings.renamed();
		renamed.keySet()
			.stream()
			.filter((source) -> !select.contains(source))
			.forEach((source) -> this.problems.accept(RENAME, "renames '%s', which %s does not list; add it there%s"
				.formatted(source, SELECT, NearestName.hint(source, select))));
		List<MappedProperty> properties = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (String source : select) {
			String target = renamed.get(source);
			if (!seen.add(source)) {
				this.problems.accept(SELECT, "lists '%s' twice".formatted(source));
			}
			else if (target != null) {
				addRenamed(source, target, properties);
			}
			else {
				addKept(source, properties);
			}
		}
		return properties;
	}

	private List<MappedProperty> renamed() {
		List<MappedProperty> properties = new ArrayList<>();
		this.settings.renamed().forEach((source, target) -> addRenamed(source, target, properties));
		return properties;
	}

	private void addRenamed(String source, String target, List<MappedProperty> properties) {
		if (source.isBlank()) {
			this.problems.accept(RENAME, "contains an empty name");
		}
		TargetName name = this.targets.claim(RENAME, target);
		if (name != null) {
			properties.add(MappedProperty.renamed(source, name, this.types.take(name)));
		}
	}

	private void addKept(String source, List<MappedProperty> properties) {
		MappedProperty property = MappedProperty.kept(source, null);
		if (this.targets.claim(SELECT, property.partTarget())) {
			properties.add(MappedProperty.kept(source, this.types.take(property.partTarget())));
		}
	}

	private Map<TargetName, @Nullable Object> constants() {
		Map<TargetName, @Nullable Object> constants = new LinkedHashMap<>();
		this.settings.constant().forEach((target, value) -> {
			TargetName name = this.targets.claim(CONSTANTS, target);
			if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
				this.problems.accept(CONSTANTS,
						"gives '%s' a list or a group of keys; give a single value. A name with a dot in it is written as \"[%s.…]\""
							.formatted(target, target));
			}
			else if (name != null) {
				constants.put(name, converted(name, value));
			}
		});
		return constants;
	}

	private @Nullable Object converted(TargetName name, @Nullable Object value) {
		Conversion conversion = this.types.take(name);
		if (conversion == null) {
			return value;
		}
		try {
			Object converted = conversion.apply(value);
			return (converted != null) ? converted : value;
		}
		catch (RuntimeException ex) {
			this.problems.accept(CONSTANTS, "gives '%s' a value that does not have its type: %s".formatted(name.text(),
					conversion.misfit(value, ex)));
			return value;
		}
	}

}
