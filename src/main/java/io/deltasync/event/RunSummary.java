package io.deltasync.event;

import java.util.List;

import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run left behind, kept in the execution context of its job execution: an event
 * can be shown without its scopes.
 *
 * @param strategy the adapter's last answer, or null when it gave none
 * @param expectedTotalRecords the number it gave, or null
 * @param scopes what became of the scopes
 * @param records what became of the records
 * @param cursorAfter the cursor that the next run is given; null unless the run was
 * successful
 * @param warnings what the adapter warned of
 */
public record RunSummary(@Nullable String strategy, @Nullable Long expectedTotalRecords, ScopeCounts scopes,
		RecordCounts records, @Nullable String cursorAfter, List<String> warnings) {

	/** Where the execution context holds it. */
	public static final String KEY = "deltasync.summary";

	private static final JsonMapper JSON = new JsonMapper();

	public static RunSummary fromJson(String json) {
		return JSON.readValue(json, RunSummary.class);
	}

	public String toJson() {
		return JSON.writeValueAsString(this);
	}

}
