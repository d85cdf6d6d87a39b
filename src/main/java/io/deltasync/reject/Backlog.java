package io.deltasync.reject;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The rejects of a Link that wait in one state.
 *
 * @param count the number, at most {@value Rejects#MOST_COUNTED}
 * @param oldest when the first of them first failed; null when there are none
 */
public record Backlog(int count, @Nullable Instant oldest) {

	/** No rejects. */
	public static final Backlog NONE = new Backlog(0, null);

}
