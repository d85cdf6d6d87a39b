package io.deltasync.api;

import java.util.List;

/**
 * A filter that inspects or changes records between source and target, before or after
 * the mapping. A filter is a prototype-scoped bean that a Link names in its
 * {@code filters}. Each lane of a run has its own instance, so it need not be
 * thread-safe. An instance is closed with its lane if it is {@link AutoCloseable}; an
 * exception thrown by {@code close} is reported as a warning. A filter with options also
 * implements {@link ConfigurableAdapter}.
 */
public interface RecordFilter {

	/**
	 * Whether the filter applies to a Link. Called before {@link #process}, and again
	 * only after a transient failure.
	 * @param context the Link and its last successful run
	 * @return true by default; false to leave the filter out of the run
	 */
	default boolean validFor(LinkContext context) {
		return true;
	}

	/**
	 * Changes, fails, ignores or removes records. Adding a record aborts the run.
	 * <p>
	 * If this method throws, the changes it made through the records' methods are undone,
	 * and the records are passed again: all of them, after a wait and a limited number of
	 * times, if the failure may be transient (a timeout, a lost connection, a lock);
	 * otherwise in smaller parts until the failing record is isolated. A filter that
	 * keeps state, or changes the property values themselves, must therefore tolerate
	 * seeing a record repeatedly.
	 * @param context the Link and its last successful run
	 * @param records a modifiable list of one or more records, none of them failed or
	 * ignored; removed records count as dropped
	 * @throws AbortRunException if the run cannot continue, whatever the record
	 * @throws Exception to fail the batch, and finally the record that causes the
	 * failure; a connection that stays unavailable aborts the run
	 */
	void process(LinkContext context, List<RecordInFlight> records) throws Exception;

}
