package io.deltasync.run.plan;

import java.time.Instant;
import java.util.List;

import io.deltasync.event.Mode;
import org.jspecify.annotations.Nullable;

/**
 * The start of a run of a Link, if it were started now.
 *
 * @param link the Link's name
 * @param mode the mode of the run
 * @param testing whether the run would leave the target unchanged
 * @param windowStart the start of the window; null to fetch everything
 * @param cursorBefore the cursor for the source, or null
 * @param reads what the source would read, in its own words; null if it does not say
 * @param strategy the adapter's first answer; after DELAY and CUMULATIVE_SCOPES others
 * would follow
 * @param expectedTotalRecords the number of records that the adapter expects, or null
 * @param scopes the number of scopes in the answer; null if the strategy has none
 * @param warnings the warnings of the adapters
 */
public record Preview(String link, Mode mode, boolean testing, @Nullable Instant windowStart,
		@Nullable String cursorBefore, @Nullable String reads, String strategy, @Nullable Long expectedTotalRecords,
		@Nullable Integer scopes, List<String> warnings) {

}
