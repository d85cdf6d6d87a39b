package io.deltasync.api;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A source that receives the rows of its own query instead of fetching them, as
 * {@link FetchStrategy#queryLocator} requires.
 */
public interface SourceAdapterForRowPush extends SourceAdapter {

	/**
	 * Returns how the records of this run are fetched, like
	 * {@link SourceAdapterForPull#planFetch}. An adapter that implements both interfaces
	 * has one such method.
	 * @param context the Link and its last successful run
	 * @return the strategy; null aborts the run
	 * @throws Exception to abort the run
	 */
	FetchStrategy planFetch(LinkContext context) throws Exception;

	/**
	 * Converts rows to records.
	 * @param context the Link and its last successful run
	 * @param rows up to {@link LinkContext#batchSizeLimit()} rows and no more than 2,000,
	 * each a map from column label to value; values may be null
	 * @return the records, never null; may be fewer than the rows
	 * @throws Exception to fail the fetch
	 */
	List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows) throws Exception;

}
