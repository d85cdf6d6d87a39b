package io.deltasync.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
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
				.filter((name) -> !Secrets.isSecret(name.getLastElement(Form.UNIFORM)))
				.forEach((name) -> values.put(uniform(name, root.getNumberOfElements()),
						value(environment, tree.property(name))));
		}
		return digest(values.toString());
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
