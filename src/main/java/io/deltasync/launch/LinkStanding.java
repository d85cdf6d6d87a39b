package io.deltasync.launch;

import java.time.Instant;

import io.deltasync.event.SyncEvent;
import io.deltasync.link.LinkEnd;
import org.jspecify.annotations.Nullable;

/**
 * A Link and where it stands. Its components are the fields that it has in JSON.
 *
 * @param name the Link's name
 * @param source where records come from
 * @param target where they go to
 * @param lastSuccessfulSync where the window of the next delta run starts; null: it
 * fetches everything
 * @param lastEvent the newest run, or null when there was none
 */
record LinkStanding(String name, LinkEnd source, LinkEnd target, @Nullable Instant lastSuccessfulSync,
		@Nullable SyncEvent lastEvent) {

}
