package io.deltasync.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.deltasync.event.Mode;
import io.deltasync.run.deliver.DeliveryTrial.Passage;
import org.jspecify.annotations.Nullable;

/**
 * The first records that a run of a Link would fetch, before and after filters and
 * mapping.
 *
 * @param link the Link's name
 * @param mode the mode of the run
 * @param windowStart the start of the window; null to fetch everything
 * @param reads what the source would read, in its own words; null if it does not say
 * @param strategy the adapter's first answer
 * @param askedAgainAt when the source would be asked again for what it prepares; null if
 * it has answered
 * @param records the records in the order in which they were fetched
 * @param more whether there are more records, as far as that is known
 * @param warnings the warnings of the source
 */
public record RecordPreview(String link, Mode mode, @Nullable Instant windowStart, @Nullable String reads,
		String strategy, @Nullable Instant askedAgainAt, List<Previewed> records, boolean more, List<String> warnings) {

	/**
	 * A record.
	 *
	 * @param key its key, or null
	 * @param operation the change that it makes at the target
	 * @param source its properties as the source has them
	 * @param passage its way through filters and mapping
	 * @param target its properties as the target would receive them; empty if it would
	 * not
	 */
	public record Previewed(@Nullable String key, String operation, Map<String, Shown> source, Passage passage,
			Map<String, Shown> target) {

	}

	/**
	 * A value.
	 *
	 * @param type its type in words, such as text or decimal
	 * @param value its text, shortened, or asterisks if it is masked; null for null
	 */
	public record Shown(String type, @Nullable String value) {

	}

}
