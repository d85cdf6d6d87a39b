package io.deltasync.testkit;

import java.util.List;

import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * The result of fetching a scope.
 * 
 * @param handed the scope as planned
 * @param scope the scope as it was passed to the adapter
 * @param records the records, up to a failure
 * @param cursor the cursor that was set, or null
 * @param warnings the warnings
 * @param next the next scope of a chaining adapter, as text, or null
 * @param failure the exception that the adapter threw, or null
 */
record FetchedScope(Planned.Handed handed, @Nullable Object scope, List<RecordInFlight> records,
		@Nullable String cursor, List<String> warnings, @Nullable String next, @Nullable Exception failure) {

	/** The maximum length of a scope's text in messages, in characters. */
	private static final int EXCERPT = 200;

	String excerpt() {
		String text = String.valueOf(this.handed.text());
		return (text.length() > EXCERPT) ? text.substring(0, EXCERPT) + "…" : text;
	}

}
