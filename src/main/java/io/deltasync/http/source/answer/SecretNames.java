package io.deltasync.http.source.answer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Hides the values of parameters and properties whose names are those of secrets. */
public final class SecretNames {

	private static final Pattern SECRET = Pattern
		.compile("(?i).*(?:key|token|secret|passw|pwd|auth|credential|signature).*|(?i)(?:.*[-_.])?(?:sig|pass|code)");

	private static final String HIDDEN = "***";

	private SecretNames() {
	}

	/** Returns a value, or stars in place of a secret. */
	public static String shown(String name, String value) {
		return SECRET.matcher(name).matches() ? HIDDEN : value;
	}

	/** Returns a value with stars in place of the secrets in it. */
	public static Object shown(Object value) {
		if (!(value instanceof Map<?, ?> map)) {
			return value;
		}
		Map<String, Object> shown = new LinkedHashMap<>();
		map.forEach((name, element) -> shown.put((String) name,
				(element instanceof Map) ? shown(element) : shown((String) name, String.valueOf(element))));
		return shown;
	}

}
