package io.deltasync.reject;

import org.jspecify.annotations.Nullable;

/**
 * A record that could not be delivered.
 *
 * @param ordinal the scope that it came from
 * @param key what identifies the record to a person, or null when its source does not say
 * @param stage where it failed
 * @param message why, in words an operator understands
 */
public record Reject(long ordinal, @Nullable String key, Stage stage, String message) {

	/** Where a record failed. */
	public enum Stage {

		/** A filter. */
		FILTER,

		/** The Link's mapping. */
		MAPPING,

		/** The target adapter. */
		TARGET

	}

}
