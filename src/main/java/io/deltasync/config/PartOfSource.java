package io.deltasync.config;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * A view of a property source that lists only the names below one name, so that looking
 * through the names of one Link does not read those of all others.
 * 
 * @param source the whole source
 * @param names the listed names
 */
record PartOfSource(ConfigurationPropertySource source,
		List<ConfigurationPropertyName> names) implements IterableConfigurationPropertySource {

	@Override
	public Stream<ConfigurationPropertyName> stream() {
		return this.names.stream();
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		return this.source.getConfigurationProperty(name);
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		return this.source.containsDescendantOf(name);
	}

	@Override
	public @Nullable Object getUnderlyingSource() {
		return this.source.getUnderlyingSource();
	}

}
