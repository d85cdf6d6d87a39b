package io.deltasync.cli;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where the window of a Link stands. Its components are the fields that it has in JSON.
 *
 * @param link the Link's name
 * @param lastSuccessfulSync where the window of the next delta run starts; null: it
 * fetches everything
 * @param lastSuccessfulCursor the cursor that run is given, or null
 * @param setAt when a person set it; null when it is a successful run's
 * @param changes how the Link has changed since its last successful run, with what to do;
 * empty when it has not
 */
record LinkWindow(String link, @Nullable Instant lastSuccessfulSync, @Nullable String lastSuccessfulCursor,
		@Nullable Instant setAt, List<String> changes) {

}
