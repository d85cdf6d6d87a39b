package io.deltasync.api;

import java.util.List;

/**
 * Looks at records between source and target. A bean of prototype scope.
 */
public interface RecordFilter {

	/**
	 * Says whether the filter has anything to do for a Link.
	 * @param context what is known of the Link
	 * @return true, unless the filter says otherwise
	 */
	default boolean validFor(LinkContext context) {
		return true;
	}

	/**
	 * Changes, marks, ignores or removes records. Adding records is refused.
	 * @param context what is known of the Link
	 * @param records a modifiable list; what is removed counts as dropped
	 * @throws Exception any exception fails the records
	 */
	void process(LinkContext context, List<RecordInFlight> records) throws Exception;

}
