package io.deltasync.cli;

import java.time.Instant;
import java.util.List;

import io.deltasync.event.BlockedDeletes;
import io.deltasync.event.SyncEvent;
import io.deltasync.link.Endpoint;
import io.deltasync.reject.Reject;
import org.jspecify.annotations.Nullable;

/**
 * A Link and where it stands. Its components are the fields that it has in JSON.
 *
 * @param name the Link's name
 * @param source where records come from
 * @param target where they go to
 * @param lastSuccessfulSync where the window of the next delta run starts; null: it
 * fetches everything
 * @param runsSinceSuccess how many runs there were since; at most 1,000 are counted
 * @param holding the first records that fail each run: they hold the window
 * @param lastEvent the newest run, or null when there was none
 * @param changes how the Link has changed since its last successful run, with what to do;
 * empty when it has not
 * @param blockedDeletes the deletions that max-delete-share blocks, or null
 */
record LinkStanding(String name, Endpoint source, Endpoint target, @Nullable Instant lastSuccessfulSync,
		int runsSinceSuccess, List<Reject> holding, @Nullable SyncEvent lastEvent, List<String> changes,
		BlockedDeletes.@Nullable Blocked blockedDeletes) {

}
