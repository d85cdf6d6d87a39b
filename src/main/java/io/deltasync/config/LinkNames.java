package io.deltasync.config;

import java.util.List;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * The names of the configured Links, for code that runs before beans exist.
 */
public final class LinkNames {

	public static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(Section.ROOT + ".links");

	private LinkNames() {
	}

	/**
	 * Returns the names, whether or not the Links are valid.
	 * @param environment a Spring Boot environment
	 * @return the names, in the same order as {@code Links.all()}
	 */
	public static List<String> of(Environment environment) {
		return List.copyOf(new ConfigurationTree(environment).children(ROOT).keySet());
	}

}
