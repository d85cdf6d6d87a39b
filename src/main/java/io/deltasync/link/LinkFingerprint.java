package io.deltasync.link;

import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * Tells whether a Link is configured alike in two processes, without telling how.
 */
public final class LinkFingerprint {

	private LinkFingerprint() {
	}

	/**
	 * Digests all that is configured of a Link, whatever the files or variables that it
	 * comes from. What is secret is left out: it may be renewed at any time.
	 * @param environment an environment of Spring Boot's
	 * @param link the Link's name, exactly
	 * @return 64 characters; those of an empty configuration when there is no such Link
	 */
	public static String of(Environment environment, String link) {
		ConfigurationTree tree = new ConfigurationTree(environment);
		ConfigurationPropertyName root = tree.children(LinkNames.ROOT).get(link);
		return ConfiguredValues.digest((root != null) ? new ConfiguredValues(environment, tree).below(root) : Map.of());
	}

}
