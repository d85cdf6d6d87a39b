package io.deltasync.console.api;

import org.jspecify.annotations.Nullable;

/**
 * A request for a run. The components are its fields in JSON.
 *
 * @param mode what is fetched
 * @param testing whether the target stays unchanged; null for no
 */
record RunRequest(@Nullable Kind mode, @Nullable Boolean testing) {

	/** What a run fetches. */
	enum Kind {

		/** What has changed since the last successful run. */
		DELTA,

		/** Everything. */
		FULL

	}

}
