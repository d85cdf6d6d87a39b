package io.deltasync.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Operation;
import io.deltasync.api.PropertyPath;
import io.deltasync.api.RecordInFlight;
import io.deltasync.config.Mask;
import io.deltasync.config.NearestName;
import io.deltasync.expression.GivenName;
import io.deltasync.expression.MissingPropertyException;
import org.jspecify.annotations.Nullable;

/**
 * Converts a record's source properties to target properties. Immutable and thread-safe.
 * <p>
 * Every record must have the properties that the mapping names, in this spelling or as
 * the only property that differs just in case. Their values may be null, and nested parts
 * may be missing. Records to delete may lack any property, since only their key is known.
 */
public final class Mapping {

	private final MappingSteps steps;

	private final boolean identity;

	/** The named properties, by name, if the mapping is not selective. */
	private final Map<String, MappedProperty> inPlace = new HashMap<>();

	private final Map<String, MappedProperty> inPlaceInAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	/** The names of the source's properties that expressions replace. */
	private final Set<String> replaced = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	Mapping(MappingSteps steps) {
		this.steps = steps;
		this.identity = steps.areNone();
		if (!steps.selective()) {
			steps.computed().forEach((property) -> this.replaced.add(property.target().text()));
			steps.properties().forEach((property) -> {
				this.inPlace.put(property.source(), property);
				this.inPlaceInAnyCase.putIfAbsent(property.source(), property);
			});
		}
	}

	/**
	 * Whether properties are delivered unchanged.
	 * @return true if {@link #apply} changes nothing
	 */
	public boolean isIdentity() {
		return this.identity;
	}

	/**
	 * Replaces the properties of a record by those for the target. If values cannot be
	 * converted, marks the record as failed with a single error that lists all of them.
	 * @param record the record; its properties are unchanged if it fails or this method
	 * throws
	 * @throws AbortRunException if the record lacks a property that the mapping names, or
	 * if two properties would have the same name at the target. Both are configuration
	 * errors, which affect all records
	 */
	public void apply(RecordInFlight record) {
		if (this.identity) {
			return;
		}
		Map<String, @Nullable Object> from = record.properties();
		TargetProperties to = new TargetProperties(this.steps.nullsSkipped(),
				from.size() + this.steps.constants().size() + this.steps.computed().size());
		if (!this.steps.selective()) {
			from.forEach((name, value) -> takeInPlace(name, value, from, to));
		}
		for (MappedProperty property : this.steps.properties()) {
			String given = GivenName.in(from.keySet(), property.source());
			if (this.steps.selective() || property.target().path() != null || given == null) {
				take(property, given, record, from, to);
			}
		}
		this.steps.computed().forEach((property) -> property.compute(record.operation(), from, to));
		this.steps.constants().forEach(to::put);
		this.steps.parts().forEach(to::convert);
		if (to.errors().isEmpty()) {
			record.replaceProperties(to.values());
		}
		else {
			record.addError("cannot be mapped: " + String.join("; ", to.errors()));
		}
	}

	/**
	 * Returns the names of the properties that the target receives.
	 * @param from the names of the source properties
	 * @return the names at the target, in order; for a path, its first name
	 * @throws AbortRunException as {@link #apply}, with all missing properties
	 */
	public List<String> names(List<String> from) {
		Set<String> names = new LinkedHashSet<>();
		List<String> missing = collectNames(from, names);
		if (!missing.isEmpty()) {
			throw missing(missing, from);
		}
		names.addAll(additions());
		return List.copyOf(names);
	}

	/**
	 * Returns the target names of some source properties.
	 * @param some the names of the source properties
	 * @return the names at the target, in order; without properties that are not
	 * delivered or that an expression replaces
	 */
	public Set<String> namesOf(List<String> some) {
		Set<String> names = new LinkedHashSet<>();
		collectNames(some, names);
		names.removeAll(additions());
		return names;
	}

	/**
	 * Returns the target names of all source properties, if this mapping only leaves out
	 * and renames properties.
	 * @param from the names of the source properties
	 * @return from the name of each property that is delivered to its name at the target,
	 * in order; null if the mapping does more
	 * @throws AbortRunException as {@link #names}
	 */
	public @Nullable Map<String, String> renames(List<String> from) {
		boolean more = !additions().isEmpty() || !keepsValues(from)
				|| this.steps.properties().stream().anyMatch((property) -> property.path() != null);
		if (more) {
			return null;
		}
		Map<String, String> renames = new LinkedHashMap<>();
		for (String name : from) {
			namesOf(List.of(name)).forEach((target) -> renames.put(name, target));
		}
		boolean all = new HashSet<>(renames.values()).equals(new HashSet<>(names(from)))
				&& renames.size() == names(from).size();
		return all ? renames : null;
	}

	/**
	 * Returns a mask that also hides what is computed from hidden properties.
	 * @param mask the mask of the source's properties
	 * @return the mask
	 */
	public Mask masking(Mask mask) {
		Mask all = mask;
		for (ComputedProperty property : this.steps.computed()) {
			if (property.expression().sources().stream().anyMatch(mask::touchesSource)) {
				all = all.withTarget(property.target().text());
			}
		}
		return all;
	}

	/**
	 * Returns which properties an expression computes, and from which.
	 * @return from the name or path at the target to those of the source's properties;
	 * may be empty
	 */
	public Map<String, Set<String>> computed() {
		return this.steps.computed()
			.stream()
			.collect(Collectors.toMap((property) -> property.target().text(),
					(property) -> property.expression().sources()));
	}

	/**
	 * Whether the values of some source properties are delivered unchanged, perhaps by
	 * other names.
	 * @param some the names of the source properties
	 * @return false if one of them may be converted, or becomes a part of another one
	 */
	public boolean keepsValues(List<String> some) {
		return this.steps.parts().isEmpty() && this.steps.properties()
			.stream()
			.noneMatch((property) -> (property.conversion() != null || property.target().path() != null)
					&& some.stream().anyMatch(property.source()::equalsIgnoreCase));
	}

	/**
	 * Returns the names of the properties that constants and expressions add to each
	 * record.
	 * @return the names at the target, in order; may be empty
	 */
	public Set<String> additions() {
		Set<String> names = new LinkedHashSet<>();
		this.steps.computed().forEach((property) -> names.add(property.target().first()));
		this.steps.constants().keySet().forEach((target) -> names.add(target.first()));
		return names;
	}

	/**
	 * Collects target names, and returns the names in the mapping that the source lacks.
	 */
	private List<String> collectNames(List<String> from, Set<String> names) {
		if (this.identity) {
			names.addAll(from);
			return List.of();
		}
		Map<String, @Nullable Object> empty = new LinkedHashMap<>();
		from.forEach((name) -> empty.put(name, null));
		if (!this.steps.selective()) {
			for (String name : from) {
				MappedProperty property = inPlace(name, empty);
				if (property == null) {
					if (!this.replaced.contains(name)) {
						names.add(name);
					}
				}
				else if (property.target().path() == null) {
					names.add(property.target().text());
				}
			}
		}
		List<String> missing = new ArrayList<>();
		for (MappedProperty property : this.steps.properties()) {
			PropertyPath path = property.path();
			if (GivenName.in(empty.keySet(), property.source()) != null) {
				names.add(property.target().first());
			}
			else if (path != null && empty.containsKey((String) path.steps().get(0))) {
				names.add(property.partTarget().first());
			}
			else {
				missing.add(property.source());
			}
		}
		for (ComputedProperty property : this.steps.computed()) {
			property.expression()
				.names()
				.stream()
				.filter((name) -> GivenName.in(from, name) == null)
				.forEach(missing::add);
		}
		return missing;
	}

	private static MissingPropertyException missing(List<String> missing, Collection<String> given) {
		return new MissingPropertyException(missing.stream()
			.map((name) -> "the mapping names the property '%s', but the source has no such property%s".formatted(name,
					NearestName.hint(name, given)))
			.collect(Collectors.joining("; ")) + ". It has: " + String.join(", ", given));
	}

	/**
	 * Returns the mapping of a source property, by its exact name or one that differs
	 * only in case.
	 */
	private @Nullable MappedProperty inPlace(String name, Map<String, @Nullable Object> from) {
		MappedProperty property = this.inPlace.get(name);
		if (property != null) {
			return property;
		}
		property = this.inPlaceInAnyCase.get(name);
		return (property != null && name.equals(GivenName.in(from.keySet(), property.source()))) ? property : null;
	}

	private void takeInPlace(String name, @Nullable Object value, Map<String, @Nullable Object> from,
			TargetProperties to) {
		MappedProperty property = inPlace(name, from);
		if (property == null) {
			if (!this.replaced.contains(name)) {
				to.put(name, value);
			}
		}
		else if (property.target().path() == null) {
			to.put(property, property.target(), value);
		}
	}

	private void take(MappedProperty property, @Nullable String given, RecordInFlight record,
			Map<String, @Nullable Object> from, TargetProperties to) {
		PropertyPath path = property.path();
		if (given != null) {
			to.put(property, property.target(), from.get(given));
		}
		else if (path != null && from.containsKey((String) path.steps().get(0))) {
			to.put(property, property.partTarget(), path.get(from));
		}
		else if (record.operation() != Operation.DELETE) {
			throw missing(List.of(property.source()), from.keySet());
		}
	}

}
