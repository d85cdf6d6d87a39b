package io.deltasync.api;

import java.util.List;

/**
 * A source whose records are pushed to DeltaSync as text.
 */
public interface SourceAdapterForRawDataPush extends SourceAdapter {

	/**
	 * Converts a pushed text to records.
	 * @param context the Link
	 * @param rawData the text as it was received
	 * @return the records, never null; may be empty
	 * @throws Exception to refuse the push
	 */
	List<RecordInFlight> buildRecords(LinkContext context, String rawData) throws Exception;

}
