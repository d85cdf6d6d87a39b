package io.deltasync.api;

import java.util.List;

/**
 * An adapter of a system that records are delivered to. A prototype-scoped bean, like a
 * {@link SourceAdapter}. Each lane of a run has its own instance, which is closed with
 * the lane if it is {@link AutoCloseable}. An exception thrown by {@code close} is
 * reported as a warning.
 * <p>
 * Records are delivered at least once: after a failure, or when a run reads a larger
 * window, they are delivered again. A target must therefore write idempotently, by key.
 */
public interface TargetAdapter extends Adapter {

	/**
	 * Returns the maximum number of records that {@link #pushRecords} accepts. This is
	 * the first call that a run makes to its target, and the place to check that the
	 * target is available and suitable. Called on a separate instance, which is closed
	 * afterwards, and never on the instances of the lanes.
	 * @param context the Link
	 * @return a positive number
	 * @throws Exception to abort the run before anything is fetched
	 */
	int getBatchSizeLimit(LinkContext context) throws Exception;

	/**
	 * Delivers records. Only a {@link TargetAdapterForDeletes} receives records to delete
	 * or to update without inserting. A record counts as delivered unless it is marked as
	 * failed with {@link RecordInFlight#addError(String)} or
	 * {@link RecordInFlight#setSuccess}. Immediately before it commits, the adapter calls
	 * {@link RunContext#checkBeforeCommit()}.
	 * @param context the Link; in {@linkplain LinkContext#testingMode() testing mode} the
	 * target must not be changed
	 * @param records one or more records, up to the limit, in the order in which they
	 * were fetched
	 * @throws AbortRunException if no record can be delivered, whatever it contains; the
	 * run is aborted
	 * @throws Exception to fail the batch, which is then delivered again in smaller parts
	 * until the failing records are isolated. The changes of the failed call must have
	 * been rolled back or be safe to repeat. Marks that it set on the records are
	 * discarded
	 */
	void pushRecords(LinkContext context, List<RecordInFlight> records) throws Exception;

	/**
	 * Checks that records with the given properties could be delivered. Called by the
	 * commands {@code plan} and {@code validate}, after {@link #getBatchSizeLimit} and
	 * never in a run. Must change nothing.
	 * @param context the Link
	 * @param propertyNames the names of the properties that every record has after the
	 * Link's mapping, in order
	 * @throws Exception to report a problem, with the exception's message
	 */
	default void validate(LinkContext context, List<String> propertyNames) throws Exception {
	}

}
