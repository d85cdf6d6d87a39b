package io.deltasync.api;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A source that receives rows instead of fetching records. An adapter that implements
 * {@link #planFetch} receives those of its own query, as
 * {@link FetchStrategy#queryLocator} requires. To an adapter that does not implement it,
 * and not {@link SourceAdapterForPull} either, other systems push rows as JSON: each
 * object is a row. Its Links do not fetch.
 */
public interface SourceAdapterForRowPush extends SourceAdapter {

	/**
	 * Returns how the records of this run are fetched, like
	 * {@link SourceAdapterForPull#planFetch}. An adapter that implements both interfaces
	 * has one such method; one that rows are pushed to leaves it out.
	 * @param context the Link and its last successful run
	 * @return the strategy; null aborts the run
	 * @throws Exception to abort the run
	 */
	default FetchStrategy planFetch(LinkContext context) throws Exception {
		return FetchStrategy.noRecords();
	}

	/**
	 * Converts rows to records. For pushed rows, it is called twice: before the request
	 * is acknowledged, to find out whether the rows can be converted, and when they are
	 * delivered.
	 * @param context the Link and its last successful run
	 * @param rows up to {@link LinkContext#batchSizeLimit()} rows and no more than 2,000,
	 * each a map from column label to value; values may be null
	 * @return the records, never null; may be fewer than the rows
	 * @throws Exception to fail the fetch, or to refuse the request; the sender receives
	 * the message
	 */
	List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows) throws Exception;

}
