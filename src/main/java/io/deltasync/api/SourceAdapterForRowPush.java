package io.deltasync.api;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A source that is given the rows of its own query instead of fetching them: what
 * {@link FetchStrategy#queryLocator} needs (the seed's SourceAdapterForSObjectPush).
 */
public interface SourceAdapterForRowPush extends SourceAdapter {

	/**
	 * Says how the records of this run shall be fetched, as
	 * {@link SourceAdapterForPull#planFetch} does. An adapter that implements both
	 * interfaces writes the method once.
	 * @param context what is known of the Link and of its last successful run
	 * @return the strategy, never null: a null aborts the run
	 * @throws Exception any exception aborts the run
	 */
	FetchStrategy planFetch(LinkContext context) throws Exception;

	/**
	 * Makes records of rows.
	 * @param context what is known of the Link and of its last successful run
	 * @param rows at most {@link LinkContext#batchSizeLimit()} rows and at most 2,000,
	 * each from column label to value, values may be null
	 * @return the records, never null; may be fewer than the rows
	 * @throws Exception any exception fails the fetch
	 */
	List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows) throws Exception;

}
