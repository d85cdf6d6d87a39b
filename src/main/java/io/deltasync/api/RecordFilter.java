package io.deltasync.api;

import java.util.List;

/**
 * Looks at records between source and target, before or after the mapping. A bean of
 * prototype scope, named in a Link's {@code filters}; each lane of a run has an instance
 * of its own, which is closed with the lane if it is {@link AutoCloseable}; what
 * {@code close} throws is a warning. One that takes options implements
 * {@link ConfigurableAdapter}, too.
 */
public interface RecordFilter {

	/**
	 * Says whether the filter has anything to do for a Link. Asked before anything else,
	 * and again only after a failure that may pass.
	 * @param context what is known of the Link
	 * @return true, unless the filter says otherwise: then it is left out of the run
	 */
	default boolean validFor(LinkContext context) {
		return true;
	}

	/**
	 * Changes, marks, ignores or removes records. Adding records ends the run.
	 * <p>
	 * When this throws, all that it did to the records by their methods is undone, and it
	 * is given them again: all of them after a wait, a few times, where the failure may
	 * pass (a timeout, a connection that is gone, a lock), and else in smaller parts
	 * until the record at fault is alone. So a filter that remembers what it saw, or
	 * changes the values themselves that properties hold, must bear to see it again.
	 * @param context what is known of the Link
	 * @param records a modifiable list of at least one record, none of which is failed or
	 * ignored; what is removed counts as dropped
	 * @throws AbortRunException when the run cannot go on, whatever the record
	 * @throws Exception any other exception fails a record that is alone; a connection
	 * that stays gone ends the run
	 */
	void process(LinkContext context, List<RecordInFlight> records) throws Exception;

}
