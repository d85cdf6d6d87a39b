package io.deltasync.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.Progress;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.scope.ScopePages;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of a run, kept in the execution context of its job execution, so that an
 * event can be shown without reading its scopes. Summaries of other versions, with fewer
 * or more numbers, can be read.
 *
 * @param strategy the strategy of the adapter's last answer, or null when it gave none
 * @param expectedTotalRecords the number of records that the adapter expected, or null
 * @param scopes the counts of scopes
 * @param records the counts of the records that the source returned
 * @param deleted how many records that the source no longer has were deleted at the
 * target
 * @param deletesFailed how many of them could not be deleted
 * @param cursorAfter the cursor for the next run; null unless the run was successful
 * @param warnings the adapter's warnings
 * @param ignoredReasons why records were ignored, the most frequent reasons; null in
 * summaries of versions that did not keep them
 */
public record RunSummary(@Nullable String strategy, @Nullable Long expectedTotalRecords, ScopeCounts scopes,
		RecordCounts records, long deleted, long deletesFailed, @Nullable String cursorAfter, List<String> warnings,
		@Nullable List<IgnoredReason> ignoredReasons) {

	/** The key in the execution context. */
	public static final String KEY = "deltasync.summary";

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/** How many warnings an event lists at most. */
	private static final int MAX_WARNINGS = 20;

	private static final int MAX_WARNING = 500;

	/** How many reasons are kept at most. */
	private static final int MAX_REASONS = 20;

	public RunSummary {
		scopes = Objects.requireNonNullElse(scopes, new ScopeCounts(0, 0, 0));
		records = Objects.requireNonNullElse(records, RecordCounts.NONE);
		warnings = Objects.requireNonNullElse(warnings, List.of());
	}

	/**
	 * Adds up what is stored for a run.
	 * @param event the Sync Event
	 * @param plans finds its plan
	 * @param pages finds its scopes
	 * @param ignored finds why records were ignored; null when the reasons are not needed
	 * @param cursorAfter the cursor for the next run, or null
	 * @return the summary
	 */
	public static RunSummary of(long event, Plans plans, ScopePages pages, @Nullable IgnoredReasons ignored,
			@Nullable String cursorAfter) {
		Plan plan = plans.find(event);
		Progress progress = pages.progress(event);
		List<String> warnings = new ArrayList<>(plan.warnings());
		warnings.addAll(pages.warnings(event, MAX_WARNINGS));
		long all = plan.warnings().size() + ((warnings.size() < MAX_WARNINGS) ? warnings.size() - plan.warnings().size()
				: pages.countWarnings(event));
		if (all > MAX_WARNINGS) {
			warnings = new ArrayList<>(warnings.subList(0, MAX_WARNINGS - 1));
			warnings.add("and %d more warnings".formatted(all - MAX_WARNINGS + 1));
		}
		return new RunSummary((plan.round() > 0) ? plan.strategy().name() : null, plan.expectedTotalRecords(),
				progress.scopes(), progress.records(), progress.deletions().written(), progress.deletions().failed(),
				cursorAfter, warnings.stream().limit(MAX_WARNINGS).map(RunSummary::cut).toList(),
				(ignored != null) ? ignored.find(event, progress.records().ignored(), MAX_REASONS) : null);
	}

	/**
	 * Shortens a warning, because an execution context has room for only 64 kB on MySQL.
	 */
	private static String cut(String warning) {
		return (warning.length() <= MAX_WARNING) ? warning : warning.substring(0, MAX_WARNING - 1) + "…";
	}

	/**
	 * Reads a summary.
	 * @param json the result of {@link #toJson()} of this or another version
	 * @return the summary; missing values are 0, empty or null
	 */
	public static RunSummary fromJson(String json) {
		return JSON.readValue(json, RunSummary.class);
	}

	/**
	 * Writes the summary as JSON.
	 * @return the text that {@link #fromJson} reads
	 */
	public String toJson() {
		return JSON.writeValueAsString(this);
	}

}
