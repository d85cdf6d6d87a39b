package io.deltasync.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Finds unknown keys in a section: those that the binder never asked for.
 */
final class UnknownKeys {

	private final ConfigurationPropertyName root;

	private final BindTrace trace;

	private final Set<ConfigurationPropertyName> parts;

	/**
	 * Creates a search.
	 * @param root the section's name
	 * @param trace the trace of its binding
	 * @param parts names whose keys are checked elsewhere
	 */
	UnknownKeys(ConfigurationPropertyName root, BindTrace trace, Set<ConfigurationPropertyName> parts) {
		this.root = root;
		this.trace = trace;
		this.parts = parts;
	}

	/**
	 * Returns the unknown keys with a description. A group of unknown keys is one entry.
	 * @param written all keys in the section
	 * @return the descriptions by name
	 */
	Map<ConfigurationPropertyName, String> of(Iterable<ConfigurationPropertyName> written) {
		Map<ConfigurationPropertyName, String> unknown = new LinkedHashMap<>();
		if (isHalfBound()) {
			return unknown;
		}
		for (ConfigurationPropertyName name : written) {
			ConfigurationPropertyName first = firstUnknown(name);
			if (first == null) {
				continue;
			}
			ConfigurationPropertyName parent = first.getParent();
			if (parent.equals(this.root) || this.trace.isGroup(parent)) {
				unknown.put(first, describe(first));
			}
			else {
				unknown.put(parent, "takes a single value, but there is a list or a group of keys");
			}
		}
		return unknown;
	}

	/** Whether a setter threw, so that the binder did not ask for the keys after it. */
	private boolean isHalfBound() {
		return this.trace.failures()
			.entrySet()
			.stream()
			.anyMatch((failure) -> this.trace.isGroup(failure.getKey()) && !failure.getValue().type().isRecord());
	}

	private @Nullable ConfigurationPropertyName firstUnknown(ConfigurationPropertyName name) {
		if (this.trace.asked().contains(name)) {
			return null;
		}
		for (int i = this.root.getNumberOfElements() + 1; i <= name.getNumberOfElements(); i++) {
			ConfigurationPropertyName prefix = name.chop(i);
			if (this.parts.contains(prefix) || this.trace.failures().containsKey(prefix)) {
				return null;
			}
			if (!this.trace.asked().contains(prefix)) {
				return isOverridden(prefix) ? null : prefix;
			}
		}
		return null;
	}

	/** Whether an element is hidden by a list in another source: lists are not merged. */
	private boolean isOverridden(ConfigurationPropertyName element) {
		return element.isLastElementIndexed() && this.trace.found().contains(element.getParent());
	}

	private String describe(ConfigurationPropertyName unknown) {
		ConfigurationPropertyName parent = unknown.getParent();
		List<String> known = this.trace.asked()
			.stream()
			.filter(parent::isParentOf)
			.map((name) -> name.getLastElement(Form.DASHED))
			.distinct()
			.sorted()
			.toList();
		return "is not a known key%s%s".formatted(NearestName.hint(unknown.getLastElement(Form.ORIGINAL), known),
				known.isEmpty() ? "" : ". Known here: " + String.join(", ", known));
	}

}
