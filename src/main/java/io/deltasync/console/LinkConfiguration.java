package io.deltasync.console;

import java.util.Map;

import io.deltasync.config.ConfigurationTree;
import io.deltasync.config.ConfiguredValues;
import io.deltasync.config.LinkNames;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * Reads the configuration of Links for people. Thread-safe.
 */
public class LinkConfiguration {

	private final Environment environment;

	public LinkConfiguration(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Lists what is configured for a Link. Settings with their default value are not
	 * listed.
	 * @param link the Link's name
	 * @return the values as they are written, by key; secrets, credentials and defaults
	 * of placeholders are masked
	 */
	public Map<String, String> of(String link) {
		ConfigurationTree tree = new ConfigurationTree(this.environment);
		ConfigurationPropertyName root = tree.children(LinkNames.ROOT).get(link);
		return (root != null) ? new ConfiguredValues(this.environment, tree).masked(root) : Map.of();
	}

}
