package io.deltasync.scope;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The state of a run's planning, stored with each answer of the adapter.
 *
 * @param strategy the strategy of the last answer
 * @param finished whether no further planning call follows
 * @param expectedTotalRecords the last number that the adapter gave, or null
 * @param nextOrdinal how many scopes were handed over to date
 * @param nextPage how many pages were stored to date
 * @param planningScope the stored planning scope of the last answer, or null
 * @param round how many planning calls were made
 * @param delayedUntil when the wait ends that the last answer asked for, or null
 * @param locatorQuery the query of LOCATOR, or null
 * @param cursor the cursor that was set while planning, or null
 * @param warnings the warnings of planning
 */
public record Plan(Strategy strategy, boolean finished, @Nullable Long expectedTotalRecords, long nextOrdinal,
		int nextPage, @Nullable String planningScope, int round, @Nullable Instant delayedUntil,
		@Nullable String locatorQuery, @Nullable String cursor, List<String> warnings) {

	/** How many warnings are kept: the first ones. */
	private static final int MAX_WARNINGS = 20;

	/** The plan before the first answer. */
	public static final Plan NONE = new Plan(Strategy.NONE, false, null, 0, 0, null, 0, null, null, null, List.of());

	/**
	 * Adds stored scopes and pages.
	 * @param scopes how many scopes
	 * @param pages how many pages they were stored in
	 * @return the plan with both added
	 */
	public Plan withStored(long scopes, int pages) {
		return new Plan(this.strategy, this.finished, this.expectedTotalRecords, this.nextOrdinal + scopes,
				this.nextPage + pages, this.planningScope, this.round, this.delayedUntil, this.locatorQuery,
				this.cursor, this.warnings);
	}

	/**
	 * Sets the planning scope for the next planning call.
	 * @param newPlanningScope the stored scope, or null
	 * @return the plan with it
	 */
	public Plan withPlanningScope(@Nullable String newPlanningScope) {
		return new Plan(this.strategy, this.finished, this.expectedTotalRecords, this.nextOrdinal, this.nextPage,
				newPlanningScope, this.round, this.delayedUntil, this.locatorQuery, this.cursor, this.warnings);
	}

	/**
	 * Replaces the number of records that is expected.
	 * @param expected the number, or null
	 * @return the plan with it
	 */
	public Plan withExpected(@Nullable Long expected) {
		return new Plan(this.strategy, this.finished, expected, this.nextOrdinal, this.nextPage, this.planningScope,
				this.round, this.delayedUntil, this.locatorQuery, this.cursor, this.warnings);
	}

	/**
	 * Adds the cursor and the warnings that the adapter reported during a planning call.
	 * @param newCursor the cursor that it set, or null
	 * @param newWarnings its warnings
	 * @return the plan with both
	 */
	public Plan withReported(@Nullable String newCursor, List<String> newWarnings) {
		List<String> allWarnings = new ArrayList<>(this.warnings);
		newWarnings.stream().limit(Math.max(0, MAX_WARNINGS - allWarnings.size())).forEach(allWarnings::add);
		return new Plan(this.strategy, this.finished, this.expectedTotalRecords, this.nextOrdinal, this.nextPage,
				this.planningScope, this.round, this.delayedUntil, this.locatorQuery,
				(newCursor != null) ? newCursor : this.cursor, List.copyOf(allWarnings));
	}

}
