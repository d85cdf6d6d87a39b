package io.deltasync.testkit;

import java.util.List;

import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * What fetching a scope came to.
 *
 * @param handed the scope as it was handed over
 * @param scope the scope as the adapter was given it
 * @param records the records, as far as they came
 * @param cursor the cursor that was set, or null
 * @param warnings what was warned of
 * @param next what a chaining adapter named to be fetched next, as text, or null
 * @param failure what the adapter threw, or null
 */
record FetchedScope(Planned.Handed handed, @Nullable Object scope, List<RecordInFlight> records,
		@Nullable String cursor, List<String> warnings, @Nullable String next, @Nullable Exception failure) {

	/** How much of a scope's text a message shows, in characters. */
	private static final int EXCERPT = 200;

	String excerpt() {
		String text = String.valueOf(this.handed.text());
		return (text.length() > EXCERPT) ? text.substring(0, EXCERPT) + "…" : text;
	}

}
