package io.deltasync.event;

import java.time.Instant;
import java.util.List;

import io.deltasync.link.Endpoint;
import io.deltasync.reject.Reject;
import org.jspecify.annotations.Nullable;

/**
 * The status of a Link. The components are its fields in JSON.
 *
 * @param name the Link's name
 * @param source the source of the records
 * @param target the target of the records
 * @param lastSuccessfulSync the start of the window of the next delta run; null if it
 * fetches everything
 * @param runsSinceSuccess the number of runs since then, counted up to 1,000
 * @param holding the first of the records that fail each run and hold the window
 * @param lastEvent the newest run, or null when there was none
 * @param changes changes of the Link since its last successful run, with the remedy; may
 * be empty
 * @param blockedDeletes the deletions that max-delete-share blocks, or null
 */
public record LinkStanding(String name, Endpoint source, Endpoint target, @Nullable Instant lastSuccessfulSync,
		int runsSinceSuccess, List<Reject> holding, @Nullable SyncEvent lastEvent, List<String> changes,
		BlockedDeletes.@Nullable Blocked blockedDeletes) {

}
