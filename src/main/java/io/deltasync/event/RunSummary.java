package io.deltasync.event;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.Progress;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.scope.ScopePages;
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
 * @param deleted how many of the written ones the source has no more: they were deleted
 * @param cursorAfter the cursor that the next run is given; null unless the run was
 * successful
 * @param warnings what the adapter warned of
 */
public record RunSummary(@Nullable String strategy, @Nullable Long expectedTotalRecords, ScopeCounts scopes,
		RecordCounts records, long deleted, @Nullable String cursorAfter, List<String> warnings) {

	/** Where the execution context holds it. */
	public static final String KEY = "deltasync.summary";

	private static final JsonMapper JSON = new JsonMapper();

	/** How many warnings an event lists. */
	private static final int MAX_WARNINGS = 20;

	private static final int MAX_WARNING = 500;

	/**
	 * Adds up what is stored of a run.
	 * @param event the Sync Event
	 * @param plans where its plan is
	 * @param pages where its scopes are
	 * @param cursorAfter the cursor that the next run is given, or null
	 * @return the summary
	 */
	public static RunSummary of(long event, Plans plans, ScopePages pages, @Nullable String cursorAfter) {
		Plan plan = plans.find(event);
		Progress progress = pages.progress(event);
		List<String> warnings = new ArrayList<>(plan.warnings());
		warnings.addAll(pages.warnings(event, MAX_WARNINGS));
		return new RunSummary((plan.round() > 0) ? plan.strategy() : null, plan.expectedTotalRecords(),
				progress.scopes(), progress.records(), pages.deleted(event), cursorAfter,
				warnings.stream().limit(MAX_WARNINGS).map(RunSummary::cut).toList());
	}

	/** An execution context has room for 64 kB on MySQL. */
	private static String cut(String warning) {
		return (warning.length() <= MAX_WARNING) ? warning : warning.substring(0, MAX_WARNING - 1) + "…";
	}

	public static RunSummary fromJson(String json) {
		return JSON.readValue(json, RunSummary.class);
	}

	public String toJson() {
		return JSON.writeValueAsString(this);
	}

}
