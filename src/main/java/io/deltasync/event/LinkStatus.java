package io.deltasync.event;

import org.jspecify.annotations.Nullable;

/**
 * How a Link stands, in short.
 *
 * @param lastSuccess where its window starts
 * @param successEvent the Sync Event of that success; 0 for none
 * @param runsSinceSuccess how many runs there were since, at most
 * {@value StoredRuns#MOST_COUNTED}
 * @param status how far the newest run has come; null when there was none
 * @param success whether that one was successful
 */
public record LinkStatus(Watermark lastSuccess, long successEvent, int runsSinceSuccess,
		SyncEvent.@Nullable Status status, boolean success) {

}
