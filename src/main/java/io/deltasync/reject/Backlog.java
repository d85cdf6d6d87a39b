package io.deltasync.reject;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How many rejects of a Link wait in one state.
 *
 * @param count how many, at most {@value Rejects#MOST_COUNTED}
 * @param oldest when the first of them failed first; null when there is none
 */
public record Backlog(int count, @Nullable Instant oldest) {

	/** There is none. */
	public static final Backlog NONE = new Backlog(0, null);

}
