package io.deltasync.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A map of the configuration. Restores what the binder and YAML change in keys and
 * values. Not thread-safe.
 */
public final class ConfiguredMap {

	private final ConfigurationTree tree;

	private final ConfigurationPropertyName root;

	private final Set<ConfigurationPropertyName> bound;

	private final Consumer<String> problems;

	/**
	 * Creates a map.
	 * @param tree the configuration
	 * @param root the name of the map
	 * @param bound the names that the binder has asked for
	 * @param problems receives the problems of the map
	 */
	ConfiguredMap(ConfigurationTree tree, ConfigurationPropertyName root, Set<ConfigurationPropertyName> bound,
			Consumer<String> problems) {
		this.tree = tree;
		this.root = root;
		this.bound = bound;
		this.problems = problems;
	}

	/**
	 * Restores the brackets that the binder removed from the keys: {@code lines[0].sku}
	 * became {@code lines.0.sku}.
	 * @param <V> the type of the values
	 * @param map the bound map; may be null
	 * @return the map with its keys as written; null if the argument is null
	 */
	public <V> @Nullable Map<String, V> withBrackets(@Nullable Map<String, V> map) {
		if (map == null) {
			return null;
		}
		Map<String, String> written = new HashMap<>();
		this.bound.stream().filter(this.root::isAncestorOf).forEach((name) -> {
			StringBuilder dotted = new StringBuilder();
			StringBuilder bracketed = new StringBuilder();
			for (int i = this.root.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
				String element = name.getElement(i, Form.ORIGINAL);
				String dot = dotted.isEmpty() ? "" : ".";
				dotted.append(dot).append(element);
				bracketed.append((name.isNumericIndex(i) && !dot.isEmpty()) ? "[" + element + "]" : dot + element);
			}
			written.put(dotted.toString(), bracketed.toString());
		});
		Map<String, V> restored = new LinkedHashMap<>();
		map.forEach((name, value) -> restored.put(written.getOrDefault(name, name), value));
		return restored;
	}

	/**
	 * Restores values of any type that YAML changed, see {@link WrittenValue}.
	 * @param map the bound map; may be null
	 * @return the map with its values as written, null if the argument is null; a value
	 * that cannot be restored is reported
	 */
	public @Nullable Map<String, @Nullable Object> asWritten(@Nullable Map<String, ? extends @Nullable Object> map) {
		if (map == null) {
			return null;
		}
		Map<String, @Nullable Object> written = new LinkedHashMap<>(map);
		for (ConfigurationPropertyName name : this.tree.names(this.root)) {
			String dotted = ConfiguredValues.key(name, this.root.getNumberOfElements(), Form.ORIGINAL);
			Object value = map.get(dotted);
			ConfigurationProperty property = this.tree.property(name);
			if (value != null && property != null) {
				try {
					written.put(dotted, WrittenValue.of(property, value));
				}
				catch (IllegalArgumentException ex) {
					this.problems.accept("gives '%s' %s".formatted(dotted, ex.getMessage()));
				}
			}
		}
		return written;
	}

}
