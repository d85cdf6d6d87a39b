package io.deltasync.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Finds keys in a section that nobody has asked for.
 */
final class UnknownKeys {

	private final ConfigurationPropertyName root;

	private final BindTrace trace;

	private final Set<ConfigurationPropertyName> parts;

	/**
	 * Looks at what was bound.
	 * @param root the section's name
	 * @param trace what was asked for in it
	 * @param parts names below which others look after the keys
	 */
	UnknownKeys(ConfigurationPropertyName root, BindTrace trace, Set<ConfigurationPropertyName> parts) {
		this.root = root;
		this.trace = trace;
		this.parts = parts;
	}

	/**
	 * Describes the unknown ones of some keys. Of a group of unknown keys only the group
	 * is named.
	 * @param written all keys in the section
	 * @return from the name to what is wrong with it
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

	/** A setter that throws keeps the keys after it from being asked for. */
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

	/** A list is taken whole from one source; a longer one below it is not looked at. */
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
