package io.deltasync.event;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.verified.Verification;
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
 * @param verification what a verification has found; null for all other runs
 */
public record RunSummary(@Nullable String strategy, @Nullable Long expectedTotalRecords, ScopeCounts scopes,
		RecordCounts records, long deleted, long deletesFailed, @Nullable String cursorAfter, List<String> warnings,
		@Nullable List<IgnoredReason> ignoredReasons,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Verification verification) {

	/** The key in the execution context. */
	public static final String KEY = "deltasync.summary";

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	public RunSummary {
		scopes = Objects.requireNonNullElse(scopes, new ScopeCounts(0, 0, 0));
		records = Objects.requireNonNullElse(records, RecordCounts.NONE);
		warnings = Objects.requireNonNullElse(warnings, List.of());
	}

	/**
	 * Adds what a verification has found.
	 * @param found what it has found, with its result
	 * @return the summary with it
	 */
	public RunSummary with(Verification found) {
		return new RunSummary(this.strategy, this.expectedTotalRecords, this.scopes, this.records, this.deleted,
				this.deletesFailed, this.cursorAfter, this.warnings, this.ignoredReasons, found);
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
