package io.deltasync.config;

import java.util.List;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * The names of the configured Links, for code that runs before there are beans.
 */
public final class LinkNames {

	public static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(Section.ROOT + ".links");

	private LinkNames() {
	}

	/**
	 * Lists the names. Whether the Links can be used is for {@code Links} to tell.
	 * @param environment an environment of Spring Boot's
	 * @return the names, in the same order as {@code Links.all()}
	 */
	public static List<String> of(Environment environment) {
		return List.copyOf(new ConfigurationTree(environment).children(ROOT).keySet());
	}

}
