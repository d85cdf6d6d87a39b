package io.deltasync.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where the window of a Link stands (seed: Delta Sync).
 *
 * @param sync the run timestamp of the newest successful run; null when there is none
 * @param cursor the cursor as of that run; null when none was ever set
 */
public record LastSuccess(@Nullable Instant sync, @Nullable String cursor) {

	/** No run was successful yet. */
	public static final LastSuccess NONE = new LastSuccess(null, null);

}
