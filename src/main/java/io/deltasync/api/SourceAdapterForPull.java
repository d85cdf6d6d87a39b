package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * A source that DeltaSync fetches records from: the adapter first plans how, then
 * fetches.
 */
public interface SourceAdapterForPull extends SourceAdapter {

	/**
	 * Returns how the records of this run are fetched. Called exactly once per run,
	 * except that a restarted run plans again if its strategy was IMMEDIATE or LOCATOR.
	 * @param context the Link and its last successful run
	 * @return the strategy; null aborts the run
	 * @throws Exception to abort the run
	 */
	FetchStrategy planFetch(LinkContext context) throws Exception;

	/**
	 * Fetches the records of one scope. The result is iterated once, while its records
	 * are delivered, so it may be larger than memory. It is closed afterwards if it is
	 * {@link AutoCloseable}.
	 * @param context the Link and its last successful run
	 * @param scope a scope returned by planning; null after IMMEDIATE
	 * @return the records, never null; may be empty
	 * @throws Exception to fail this scope; exceptions thrown while the result is
	 * iterated fail it as well
	 */
	Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) throws Exception;

}
