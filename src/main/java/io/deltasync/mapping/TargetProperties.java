package io.deltasync.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.PropertyPath;
import org.jspecify.annotations.Nullable;

/**
 * Collects the target properties of one record and the problems with them. Not
 * thread-safe.
 */
final class TargetProperties {

	private final boolean nullsSkipped;

	private final Map<String, @Nullable Object> values;

	/**
	 * The names of skipped nulls, so that duplicate names are detected in every record.
	 */
	private Set<String> skipped = Set.of();

	private List<String> errors = List.of();

	TargetProperties(boolean nullsSkipped, int expectedSize) {
		this.nullsSkipped = nullsSkipped;
		this.values = new LinkedHashMap<>(2 * expectedSize);
	}

	Map<String, @Nullable Object> values() {
		return this.values;
	}

	/** Returns all problems of the record; empty if there are none. */
	List<String> errors() {
		return this.errors;
	}

	void put(MappedProperty property, TargetName target, @Nullable Object value) {
		put(property.source(), target, property.conversion(), value);
	}

	void put(String source, TargetName target, @Nullable Conversion conversion, @Nullable Object value) {
		Object converted = value;
		if (conversion != null) {
			try {
				converted = conversion.apply(value);
			}
			catch (RuntimeException ex) {
				addError(source, target.text(), conversion.misfit(value, ex));
				return;
			}
		}
		put(target, converted);
	}

	void put(TargetName target, @Nullable Object value) {
		PropertyPath path = target.path();
		if (path == null) {
			put(target.text(), value);
			return;
		}
		if (path.isIn(this.values)) {
			throw twice(target.text());
		}
		if (value == null && this.nullsSkipped && !target.inList()) {
			return;
		}
		try {
			path.set(this.values, value);
		}
		catch (IllegalArgumentException ex) {
			addError(target.text(), target.text(), String.valueOf(ex.getMessage()));
		}
	}

	void put(String name, @Nullable Object value) {
		if (this.values.containsKey(name) || this.skipped.contains(name)) {
			throw twice(name);
		}
		if (value == null && this.nullsSkipped) {
			this.skipped = this.skipped.isEmpty() ? new HashSet<>() : this.skipped;
			this.skipped.add(name);
		}
		else {
			this.values.put(name, value);
		}
	}

	/** Converts a nested value, if it exists. */
	void convert(PropertyPath path, Conversion conversion) {
		if (!path.isIn(this.values)) {
			return;
		}
		Object value = path.get(this.values);
		try {
			path.set(this.values, conversion.apply(value));
		}
		catch (RuntimeException ex) {
			addError(path.toString(), path.toString(), conversion.misfit(value, ex));
		}
	}

	void addError(String source, String target, String message) {
		if (this.errors.isEmpty()) {
			this.errors = new ArrayList<>();
		}
		this.errors.add(source.equals(target) ? "property '%s': %s".formatted(target, message)
				: "property '%s' (from '%s'): %s".formatted(target, source, message));
	}

	private AbortRunException twice(String target) {
		return new AbortRunException(
				"the mapping would deliver the property '%s' twice, because the source has a property of that name; "
					.formatted(target) + "list only the properties to deliver under mapping.select");
	}

}
