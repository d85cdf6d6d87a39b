package io.deltasync.event.view;

import java.time.Instant;
import java.util.List;

import io.deltasync.event.BlockedDeletes;
import io.deltasync.event.SyncEvent;
import io.deltasync.link.Endpoint;
import io.deltasync.reject.Reject;
import io.deltasync.verified.LastVerification;
import org.jspecify.annotations.Nullable;

/**
 * The status of a Link. The components are its fields in JSON.
 *
 * @param name the Link's name
 * @param source the source of the records
 * @param target the target of the records
 * @param labels the words by which people find Links that belong together
 * @param lastSuccessfulSync the start of the window of the next delta run; null if it
 * fetches everything
 * @param runsSinceSuccess the number of runs since then, counted up to 1,000
 * @param holding the first of the records that fail each run and hold the window
 * @param lastEvent the newest run, or null when there was none
 * @param changes changes of the Link since its last successful run, with the remedy; may
 * be empty
 * @param blockedDeletes the deletions that max-delete-share blocks, or null
 * @param verification its last verification; null if it was never verified
 */
public record LinkStanding(String name, Endpoint source, Endpoint target, List<String> labels,
		@Nullable Instant lastSuccessfulSync, int runsSinceSuccess, List<Reject> holding, @Nullable SyncEvent lastEvent,
		List<String> changes, BlockedDeletes.@Nullable Blocked blockedDeletes,
		@Nullable LastVerification verification) {

}
