package io.deltasync.api;

import java.util.List;

/**
 * A source that knows, before anything is read, which properties identify its records. A
 * run can then be refused at once when the key of its target does not correspond.
 */
public interface SourceAdapterForKeys extends SourceAdapter {

	/**
	 * Returns the names of the properties that identify a record: those that
	 * {@link RecordInFlight#identifiedBy} is given for each.
	 * @param context what is known of the Link
	 * @return the names, at least one
	 * @throws Exception any exception aborts the run before anything is fetched
	 */
	List<String> keyProperties(LinkContext context) throws Exception;

}
