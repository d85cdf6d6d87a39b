package io.deltasync.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Properties of records. */
public final class Records {

	private Records() {
	}

	public static Map<String, @Nullable Object> properties(@Nullable Object... namesAndValues) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			properties.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
		}
		return properties;
	}

}
