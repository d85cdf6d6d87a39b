package io.deltasync.api;

import java.util.List;

/**
 * A source whose records are pushed to DeltaSync as text in any format. Its Links do not
 * fetch, unless the adapter implements {@link SourceAdapterForPull} as well.
 */
public interface SourceAdapterForRawDataPush extends SourceAdapter {

	/**
	 * Converts a pushed text to records. It is called twice: before the request is
	 * acknowledged, to find out whether the text can be converted, and when the records
	 * are delivered.
	 * @param context the Link
	 * @param rawData the text as it was received
	 * @return the records, never null; may be empty
	 * @throws Exception to refuse the request; the sender receives the message
	 */
	List<RecordInFlight> buildRecords(LinkContext context, String rawData) throws Exception;

}
