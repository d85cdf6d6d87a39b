package io.deltasync.run.plan;

import java.time.Instant;
import java.util.List;

import io.deltasync.event.Mode;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a Link would begin with, if it were started now.
 *
 * @param link the Link's name
 * @param mode what the run would be for
 * @param testing whether it would leave the target as it is
 * @param windowStart from when on it would fetch; null: everything
 * @param cursorBefore the cursor that the source would be given, or null
 * @param strategy the adapter's first answer; after DELAY and CUMULATIVE_SCOPES others
 * would follow
 * @param expectedTotalRecords the number that the adapter gave, or null
 * @param scopes how many scopes the answer holds; null where the strategy has none
 * @param warnings what the adapter warned of
 */
public record Preview(String link, Mode mode, boolean testing, @Nullable Instant windowStart,
		@Nullable String cursorBefore, String strategy, @Nullable Long expectedTotalRecords, @Nullable Integer scopes,
		List<String> warnings) {

}
