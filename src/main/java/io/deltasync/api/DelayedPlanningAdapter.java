package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * A source whose planning takes more than one call, as {@link FetchStrategy#delay} and
 * {@link FetchStrategy#cumulativeScopes} require.
 */
public interface DelayedPlanningAdapter extends SourceAdapterForPull {

	/**
	 * Continues planning. Called on a new instance, after the wait that the previous
	 * answer requested. Any strategy may be returned, but after CUMULATIVE_SCOPES only
	 * CUMULATIVE_SCOPES, DELAY, SCOPES (the last scopes) and NO_RECORDS (no further
	 * scopes) make sense.
	 * @param context the Link and its last successful run
	 * @param scope the planning scope of the previous answer, or null if it had none
	 * @return the strategy; null aborts the run
	 * @throws Exception to abort the run
	 */
	FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) throws Exception;

}
