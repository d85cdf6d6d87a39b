package io.deltasync.event;

import org.jspecify.annotations.Nullable;

/**
 * The status of a Link in short.
 *
 * @param lastSuccess where its window starts
 * @param successEvent the Sync Event of that success; 0 for none
 * @param runsSinceSuccess the number of runs since then, at most
 * {@value StoredRuns#MOST_COUNTED}
 * @param status the status of the newest run, not counting successful deliveries of a
 * single record and verifications that have ended; null when there was none
 * @param success whether that run was successful
 */
public record LinkStatus(Watermark lastSuccess, long successEvent, int runsSinceSuccess,
		SyncEvent.@Nullable Status status, boolean success) {

}
