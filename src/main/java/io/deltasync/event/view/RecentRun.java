package io.deltasync.event.view;

import java.time.Instant;

import io.deltasync.event.SyncEvent.Status;
import org.jspecify.annotations.Nullable;

/**
 * One of the last runs of a Link, in short.
 *
 * @param event the Sync Event
 * @param status its status; {@code FETCHING} for any run in progress
 * @param success whether it was successful
 * @param startedAt when its first attempt started; null if it has not started yet
 * @param endedAt when its last attempt ended; null while it runs
 */
public record RecentRun(long event, Status status, boolean success, @Nullable Instant startedAt,
		@Nullable Instant endedAt) {

}
