package io.deltasync.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.Environment;

/**
 * Returns configured values in a form that is the same in every process with the same
 * configuration, whichever file or variable a value comes from. Secrets are left out,
 * because they may be rotated at any time.
 */
public final class ConfiguredValues {

	/** The keys of a Link below which keys are names of record properties. */
	private static final Set<String> NAMING = Set.of("mapping", "softdelete");

	private static final String HIDDEN = "***";

	/** The default value of a placeholder, which may be a secret. */
	private static final Pattern DEFAULT = Pattern.compile("(\\$\\{[^}:]*):[^}]*}");

	private final Environment environment;

	private final ConfigurationTree tree;

	/**
	 * Creates a view of the configuration.
	 * @param environment resolves placeholders
	 * @param tree the names and values
	 */
	public ConfiguredValues(Environment environment, ConfigurationTree tree) {
		this.environment = environment;
		this.tree = tree;
	}

	/**
	 * Returns all values below a name.
	 * @param root the name
	 * @return the values with placeholders resolved, by dotted key below the name and
	 * sorted by key
	 */
	public Map<String, String> below(ConfigurationPropertyName root) {
		Map<String, String> values = new TreeMap<>();
		for (ConfigurationPropertyName name : this.tree.names(root)) {
			boolean naming = isNaming(name);
			ConfigurationProperty property = this.tree.property(name);
			if (property != null && (naming || !isSecret(name, root.getNumberOfElements()))) {
				values.put(key(name, root.getNumberOfElements(), naming ? Form.ORIGINAL : Form.UNIFORM),
						this.environment.resolvePlaceholders(String.valueOf(property.getValue())));
			}
		}
		return values;
	}

	/**
	 * Returns all values below a name for people: as they are written, with secrets and
	 * credentials masked. Placeholders are not resolved, because a variable may contain a
	 * secret whatever the name of the key is.
	 * @param root the name
	 * @return the values by dotted key below the name and sorted by key
	 */
	public Map<String, String> masked(ConfigurationPropertyName root) {
		Map<String, String> values = new TreeMap<>();
		for (ConfigurationPropertyName name : this.tree.names(root)) {
			ConfigurationProperty property = this.tree.property(name);
			if (property != null) {
				boolean secret = !isNaming(name) && isSecret(name, root.getNumberOfElements());
				values.put(key(name, root.getNumberOfElements(), Form.ORIGINAL), secret ? HIDDEN : masked(property));
			}
		}
		return values;
	}

	private static String masked(ConfigurationProperty property) {
		String written = DEFAULT.matcher(String.valueOf(property.getValue())).replaceAll("$1:" + HIDDEN + "}");
		return Secrets.mask(written);
	}

	/**
	 * Removes the values of secrets from a text.
	 * @param text a message that may quote configured values
	 * @param root the name below which the secrets are
	 * @return the text with all secrets masked
	 */
	String hideSecrets(String text, ConfigurationPropertyName root) {
		String shown = text;
		for (ConfigurationPropertyName name : this.tree.names(root)) {
			ConfigurationProperty property = this.tree.property(name);
			if (property != null && !isNaming(name) && isSecret(name, root.getNumberOfElements())) {
				shown = Secrets.mask(shown, this.environment.resolvePlaceholders(String.valueOf(property.getValue())));
			}
		}
		return shown;
	}

	private static boolean isNaming(ConfigurationPropertyName name) {
		int link = LinkNames.ROOT.getNumberOfElements() + 1;
		return LinkNames.ROOT.isAncestorOf(name) && name.getNumberOfElements() > link
				&& NAMING.contains(name.getElement(link, Form.UNIFORM));
	}

	private static boolean isSecret(ConfigurationPropertyName name, int from) {
		for (int i = from; i < name.getNumberOfElements(); i++) {
			if (Secrets.isSecret(name.getElement(i, Form.UNIFORM))) {
				return true;
			}
		}
		return false;
	}

	/** Returns the dotted elements of a name, from one of them on. */
	static String key(ConfigurationPropertyName name, int from, Form form) {
		StringBuilder text = new StringBuilder();
		for (int i = from; i < name.getNumberOfElements(); i++) {
			text.append(text.isEmpty() ? "" : ".").append(name.getElement(i, form));
		}
		return text.toString();
	}

	/**
	 * Returns a digest of values.
	 * @param values keys and values, in any order
	 * @return 64 hexadecimal digits
	 */
	public static String digest(Map<String, String> values) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			new TreeMap<>(values).forEach((key, value) -> {
				digest.update((key.length() + " " + key + value.length() + " ").getBytes(StandardCharsets.UTF_8));
				digest.update(value.getBytes(StandardCharsets.UTF_8));
			});
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
