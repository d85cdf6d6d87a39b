package io.deltasync.event;

import org.jspecify.annotations.Nullable;

/**
 * How a Link stands, in short.
 *
 * @param lastSuccess where its window starts
 * @param runsSinceSuccess how many runs there were since, at most
 * {@value StoredRuns#MOST_COUNTED}
 * @param status how far the newest run has come; null when there was none
 * @param success whether that one was successful
 */
public record Standing(LastSuccess lastSuccess, int runsSinceSuccess, SyncEvent.@Nullable Status status,
		boolean success) {

}
