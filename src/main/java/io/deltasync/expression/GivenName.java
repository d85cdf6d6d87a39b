package io.deltasync.expression;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * Finds the spelling of a configured name.
 */
public final class GivenName {

	private GivenName() {
	}

	/**
	 * Returns a record's spelling of a configured name: the exact name, or the only one
	 * that differs just in case, as for columns at the target.
	 * @param names the names of the record's properties
	 * @param configured the configured name
	 * @return the spelling; null if there is none
	 */
	public static @Nullable String in(Collection<String> names, String configured) {
		if (names.contains(configured)) {
			return configured;
		}
		String found = null;
		for (String each : names) {
			if (each.equalsIgnoreCase(configured)) {
				if (found != null) {
					return null;
				}
				found = each;
			}
		}
		return found;
	}

}
