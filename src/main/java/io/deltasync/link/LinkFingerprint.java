package io.deltasync.link;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.config.ConfigurationTree;
import io.deltasync.config.ConfiguredValues;
import io.deltasync.config.LinkNames;
import io.deltasync.config.Secrets;
import io.deltasync.connection.AllConnections;
import io.deltasync.connection.ConnectionSettings;
import io.deltasync.connection.DatabaseLocation;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * Computes digests that show whether two processes have the same configuration of a Link,
 * without revealing it.
 */
public final class LinkFingerprint {

	private static final Set<String> TUNING = Set.of("poolsize", "connectiontimeout", "connecttimeout", "readtimeout",
			"calltimeout", "retries", "maxwait", "ratelimit", "maxanswer");

	private static final Pattern USER = Pattern.compile("//([\\w.-]+)(?::[^/]*)?@");

	private LinkFingerprint() {
	}

	/**
	 * Returns a digest of everything that affects what a Link delivers: its configuration
	 * and that of its connections, whichever file or variable they come from, the code of
	 * its adapters and filters, and the version of DeltaSync. Secrets are left out,
	 * because they may be rotated at any time.
	 * @param environment a Spring Boot environment
	 * @param link the Link
	 * @return 64 hexadecimal digits
	 */
	public static String of(Environment environment, Link link) {
		Map<String, String> values = new TreeMap<>(link.versions());
		values.put("configuration", of(environment, link.name()));
		values.put("deltasync", CodeVersion.of(LinkFingerprint.class));
		return ConfiguredValues.digest(values);
	}

	/**
	 * Returns a digest of the configuration of a Link and its connections, except of its
	 * notifications, which change nothing that it delivers.
	 * @param environment a Spring Boot environment
	 * @param link the Link's exact name
	 * @return 64 hexadecimal digits; the digest of an empty configuration if there is no
	 * such Link
	 */
	public static String of(Environment environment, String link) {
		ConfigurationTree tree = new ConfigurationTree(environment);
		ConfigurationPropertyName root = tree.children(LinkNames.ROOT).get(link);
		if (root == null) {
			return ConfiguredValues.digest(Map.of());
		}
		ConfiguredValues configured = new ConfiguredValues(environment, tree);
		Map<String, String> values = new TreeMap<>(configured.below(root));
		values.keySet().removeIf((key) -> key.startsWith("notifications."));
		connections(values, tree.children(ConnectionSettings.ROOT))
			.forEach((name, path) -> connection(configured.below(path))
				.forEach((key, value) -> values.put("connections " + name + " " + key, value)));
		return ConfiguredValues.digest(values);
	}

	/**
	 * Returns the connections that the Link names, or all if its adapters may use any.
	 */
	private static Map<String, ConfigurationPropertyName> connections(Map<String, String> link,
			Map<String, ConfigurationPropertyName> all) {
		if (!link.containsKey("source.connection") || !link.containsKey("target.connection")) {
			return all;
		}
		Map<String, ConfigurationPropertyName> named = new TreeMap<>(all);
		named.keySet().retainAll(link.values());
		return named;
	}

	private static Map<String, String> connection(Map<String, String> configured) {
		Map<String, String> values = new TreeMap<>(configured);
		values.keySet().removeAll(TUNING);
		if (!values.getOrDefault("type", AllConnections.JDBC).equals(AllConnections.JDBC)) {
			values.replaceAll((key, value) -> Secrets.withoutCredentials(value));
			return values;
		}
		String url = values.remove("url");
		if (url != null) {
			values.put("location", DatabaseLocation.of(url, Map.of()));
			values.put("options", Secrets.mask(url).replaceFirst("[^?;]*", ""));
			Matcher user = USER.matcher(url);
			values.put("user", user.find() ? user.group(1) : "");
		}
		return values;
	}

}
