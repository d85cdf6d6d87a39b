package io.deltasync.api;

import java.util.List;

/**
 * A source whose records are pushed to DeltaSync as raw text.
 */
public interface SourceAdapterForRawDataPush extends SourceAdapter {

	/**
	 * Makes records of what was pushed.
	 * @param context what is known of the Link
	 * @param rawData the text as it came
	 * @return the records, never null; may be empty
	 * @throws Exception any exception refuses the push
	 */
	List<RecordInFlight> buildRecords(LinkContext context, String rawData) throws Exception;

}
