package io.deltasync.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;

/**
 * The properties of all property sources of an environment, as a tree.
 */
public final class ConfigurationTree {

	private final List<ConfigurationPropertySource> sources;

	private final UnboundElementsSourceFilter written = new UnboundElementsSourceFilter();

	/**
	 * Creates the tree of an environment.
	 * @param environment a Spring Boot environment with its property sources attached
	 */
	public ConfigurationTree(Environment environment) {
		this(new ArrayList<>());
		ConfigurationPropertySources.get(environment).forEach(this.sources::add);
	}

	private ConfigurationTree(List<ConfigurationPropertySource> sources) {
		this.sources = sources;
	}

	/** Returns a tree of only the first source that has keys below a name. */
	ConfigurationTree ofFirstSource(ConfigurationPropertyName name) {
		return new ConfigurationTree(this.sources.stream()
			.filter((source) -> source instanceof IterableConfigurationPropertySource names
					&& names.stream().anyMatch(name::isAncestorOf))
			.limit(1)
			.toList());
	}

	/**
	 * Returns one tree for each child of a name, in a single pass over all names.
	 * @param root a name
	 * @return the trees by the children's full names; the same children as
	 * {@link #children}
	 */
	Map<ConfigurationPropertyName, ConfigurationTree> parts(ConfigurationPropertyName root) {
		List<Map<ConfigurationPropertyName, List<ConfigurationPropertyName>>> bySource = new ArrayList<>();
		Map<ConfigurationPropertyName, ConfigurationTree> parts = new LinkedHashMap<>();
		int size = root.getNumberOfElements() + 1;
		for (ConfigurationPropertySource source : this.sources) {
			Map<ConfigurationPropertyName, List<ConfigurationPropertyName>> names = (source instanceof IterableConfigurationPropertySource iterable)
					? iterable.stream()
						.filter(root::isAncestorOf)
						.collect(Collectors.groupingBy((name) -> name.chop(size)))
					: Map.of();
			bySource.add(names);
			names.keySet()
				.forEach((child) -> parts.computeIfAbsent(child, (name) -> new ConfigurationTree(new ArrayList<>())));
		}
		parts.forEach((child, part) -> {
			for (int i = 0; i < this.sources.size(); i++) {
				ConfigurationPropertySource source = this.sources.get(i);
				part.sources.add((source instanceof IterableConfigurationPropertySource)
						? new PartOfSource(source, bySource.get(i).getOrDefault(child, List.of())) : source);
			}
		});
		return parts;
	}

	List<ConfigurationPropertySource> sources() {
		return Collections.unmodifiableList(this.sources);
	}

	/**
	 * Returns the children of a name. If sources spell a child differently, as
	 * environment variables must, the source with the lowest precedence decides, which is
	 * the file.
	 * @param root a name
	 * @return the full names by the children's own names, in the order of the files, from
	 * the lowest to the highest precedence
	 */
	public Map<String, ConfigurationPropertyName> children(ConfigurationPropertyName root) {
		Set<ConfigurationPropertyName> found = new LinkedHashSet<>();
		for (int i = this.sources.size() - 1; i >= 0; i--) {
			if (this.sources.get(i) instanceof IterableConfigurationPropertySource names) {
				names.stream()
					.filter(root::isAncestorOf)
					.map((name) -> name.chop(root.getNumberOfElements() + 1))
					.forEach(found::add);
			}
		}
		Map<String, ConfigurationPropertyName> children = new LinkedHashMap<>();
		found.forEach((name) -> children.put(name.getLastElement(Form.ORIGINAL), name));
		return children;
	}

	/**
	 * Returns all properties below a name from all sources.
	 * @param root a name
	 * @return the names
	 */
	Set<ConfigurationPropertyName> names(ConfigurationPropertyName root) {
		Set<ConfigurationPropertyName> found = new LinkedHashSet<>();
		for (ConfigurationPropertySource source : this.sources) {
			if (source instanceof IterableConfigurationPropertySource names) {
				names.stream().filter(root::isAncestorOf).forEach(found::add);
			}
		}
		return found;
	}

	/**
	 * Returns all properties below a name that were written for DeltaSync: not
	 * environment variables and system properties, which may belong to other programs.
	 * @param root a name
	 * @return the names
	 */
	Set<ConfigurationPropertyName> written(ConfigurationPropertyName root) {
		Set<ConfigurationPropertyName> found = new LinkedHashSet<>();
		for (ConfigurationPropertySource source : this.sources) {
			if (source instanceof IterableConfigurationPropertySource names && this.written.apply(source)) {
				names.stream().filter(root::isAncestorOf).forEach(found::add);
			}
		}
		return found;
	}

	/**
	 * Returns the keys of each file or other source, as in {@link #written}.
	 * @param root the prefix of the keys, without the dot
	 * @return the keys of each file, as spelled there
	 */
	Stream<List<String>> writtenKeys(String root) {
		return this.sources.stream()
			.filter(this.written::apply)
			.map(ConfigurationPropertySource::getUnderlyingSource)
			.filter(Objects::nonNull)
			.flatMap(ConfigurationTree::files)
			.map((file) -> Arrays.stream(file.getPropertyNames()).filter((key) -> key.startsWith(root + ".")).toList());
	}

	/** Returns the files of a source: one source may consist of several files. */
	private static Stream<EnumerablePropertySource<?>> files(Object source) {
		if (source instanceof CompositePropertySource composite) {
			return composite.getPropertySources().stream().flatMap(ConfigurationTree::files);
		}
		return (source instanceof EnumerablePropertySource<?> file) ? Stream.of(file) : Stream.empty();
	}

	/**
	 * Returns a single value.
	 * @param name a name
	 * @return the value as written, or null
	 */
	@Nullable ConfigurationProperty property(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	/**
	 * Returns the place of a value, or of the first value below a name.
	 * @param name a name
	 * @return file and line, or null if they are unknown
	 */
	@Nullable String origin(ConfigurationPropertyName name) {
		ConfigurationProperty property = written(name).stream().findFirst().map(this::property).orElse(property(name));
		Origin origin = (property != null) ? property.getOrigin() : null;
		if (origin instanceof PropertySourceOrigin wrapped) {
			origin = wrapped.getOrigin();
		}
		if (!(origin instanceof TextResourceOrigin text)) {
			return null;
		}
		Resource resource = text.getResource();
		String file = (resource != null) ? resource.getFilename() : null;
		TextResourceOrigin.Location location = text.getLocation();
		return (file != null && location != null) ? file + ":" + (location.getLine() + 1) : text.toString();
	}

}
