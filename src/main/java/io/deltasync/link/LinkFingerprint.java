package io.deltasync.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.Environment;

/**
 * Tells whether a Link is configured alike in two processes, without telling how.
 */
public final class LinkFingerprint {

	private static final Set<String> NAMING = Set.of("mapping", "softdelete");

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
		Map<String, String> values = new TreeMap<>();
		if (root != null) {
			tree.names(root)
				.stream()
				.filter((name) -> !isSecret(name, root.getNumberOfElements()))
				.forEach((name) -> values.put(uniform(name, root.getNumberOfElements()),
						value(environment, tree.property(name))));
		}
		return digest(values.toString());
	}

	/**
	 * What stands below the mapping or soft-delete are names of the records' properties.
	 */
	private static boolean isSecret(ConfigurationPropertyName name, int from) {
		return !NAMING.contains(name.getElement(from, Form.UNIFORM))
				&& Secrets.isSecret(name.getLastElement(Form.UNIFORM));
	}

	private static String uniform(ConfigurationPropertyName name, int from) {
		StringBuilder text = new StringBuilder();
		for (int i = from; i < name.getNumberOfElements(); i++) {
			text.append('.').append(name.getElement(i, Form.UNIFORM));
		}
		return text.toString();
	}

	private static String value(Environment environment, @Nullable ConfigurationProperty property) {
		return (property != null) ? environment.resolvePlaceholders(String.valueOf(property.getValue())) : "";
	}

	private static String digest(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
