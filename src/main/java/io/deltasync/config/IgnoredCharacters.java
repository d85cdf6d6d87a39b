package io.deltasync.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Finds keys with characters that Spring Boot drops silently: "Orders EU" would become a
 * Link named OrdersEU.
 */
public final class IgnoredCharacters {

	private static final Pattern BRACKETS_OR_DROPPED = Pattern.compile("\\[[^]]*]|([^.\\[\\]A-Za-z0-9_-])");

	private IgnoredCharacters() {
	}

	/**
	 * Checks all keys below {@code deltasync}.
	 * @param reader the reader that the keys are reported to, each once
	 */
	public static void find(ConfigurationReader reader) {
		Set<String> keys = new HashSet<>();
		reader.tree().writtenKeys(Section.ROOT).flatMap(List::stream).forEach((name) -> {
			int dropped = firstDropped(name);
			if (dropped >= 0 && keys.add(name.substring(0, endOfKey(name, dropped)))) {
				report(name, dropped, reader);
			}
		});
	}

	private static void report(String name, int dropped, ConfigurationReader reader) {
		String path = name.substring(0, endOfKey(name, dropped));
		String key = path.substring(path.lastIndexOf('.', dropped) + 1);
		String origin = reader.tree().origin(ConfigurationPropertyName.adapt(name, '.'));
		reader.note(new ConfigurationProblem(path, null,
				"holds '%s', which would be dropped; write the key in brackets and quotes: \"[%s]\""
					.formatted(name.charAt(dropped), key),
				origin));
	}

	private static int endOfKey(String name, int within) {
		int dot = name.indexOf('.', within);
		return (dot < 0) ? name.length() : dot;
	}

	/** Whether a name obviously contains no dropped characters, as most names do. */
	private static boolean isPlain(String name) {
		return name.chars()
			.allMatch((sign) -> (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z')
					|| (sign >= '0' && sign <= '9') || sign == '.' || sign == '-');
	}

	private static int firstDropped(String name) {
		if (isPlain(name)) {
			return -1;
		}
		Matcher matcher = BRACKETS_OR_DROPPED.matcher(name);
		while (matcher.find()) {
			@Nullable String dropped = matcher.group(1);
			if (dropped != null) {
				return matcher.start();
			}
		}
		return -1;
	}

}
