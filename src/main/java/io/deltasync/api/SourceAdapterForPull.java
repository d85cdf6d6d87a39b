package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * A source that is asked for records: first how it wants to be asked, then for the
 * records (seed: FetchStrategy).
 */
public interface SourceAdapterForPull extends SourceAdapter {

	/**
	 * Says how the records of this run shall be fetched. Called exactly once per run,
	 * except that a restarted run that had chosen IMMEDIATE or LOCATOR plans again.
	 * @param context what is known of the Link and of its last successful run
	 * @return the strategy, never null: a null aborts the run
	 * @throws Exception any exception aborts the run
	 */
	FetchStrategy planFetch(LinkContext context) throws Exception;

	/**
	 * Fetches the records of one scope. The result is consumed once, while the run goes
	 * on, so it may be larger than memory; it is closed afterwards if it is
	 * {@link AutoCloseable}.
	 * @param context what is known of the Link and of its last successful run
	 * @param scope a scope that was handed over while planning; null after IMMEDIATE
	 * @return the records, never null; may be empty
	 * @throws Exception any exception fails this scope, also one that the result throws
	 * while it is consumed
	 */
	Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) throws Exception;

}
