package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * A source whose planning takes more than one call: what {@link FetchStrategy#delay} and
 * {@link FetchStrategy#cumulativeScopes} need.
 */
public interface DelayedPlanningAdapter extends SourceAdapterForPull {

	/**
	 * Goes on planning. Called on a fresh instance, after the wait that the last answer
	 * asked for. May answer any strategy; after CUMULATIVE_SCOPES only CUMULATIVE_SCOPES,
	 * DELAY, SCOPES (a last list) and NO_RECORDS (no more) make sense.
	 * @param context what is known of the Link and of its last successful run
	 * @param scope the planning scope of the last answer; null if that was null
	 * @return the strategy, never null: a null aborts the run
	 * @throws Exception any exception aborts the run
	 */
	FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) throws Exception;

}
