package io.deltasync.event;

import org.jspecify.annotations.Nullable;

/**
 * What became of a record at one delivery.
 *
 * @param scope the scope that it came from; null where a reject was tried on its own
 * @param key what identifies it to a person, or null when its source does not say
 * @param outcome what became of it
 * @param message why, or what was warned of; null when there is nothing to say
 */
public record LoggedRecord(@Nullable Long scope, @Nullable String key, Outcome outcome, @Nullable String message) {

	/** What became of it. */
	public enum Outcome {

		/** The target took it. */
		WRITTEN,

		/** It is a reject. */
		FAILED,

		/** It was left out for a reason. */
		IGNORED,

		/** A filter removed it. */
		DROPPED

	}

}
