package io.deltasync.api;

import java.util.List;

/**
 * Code that talks to a system that records go to. A bean of prototype scope, like a
 * {@link SourceAdapter}; each lane of a run has an instance of its own, which is closed
 * with the lane if it is {@link AutoCloseable}. What {@code close} throws is a warning.
 * <p>
 * Records are delivered at least once: a failed or widened run delivers records again. So
 * a target writes idempotently, by key.
 */
public interface TargetAdapter extends Adapter {

	/**
	 * Says how many records {@link #pushRecords} takes at once. The first call that a run
	 * makes to its target: the place to check that the target is there and fits. Called
	 * on an instance of its own, which is closed afterwards; those of the lanes are never
	 * asked.
	 * @param context what is known of the Link
	 * @return a positive number
	 * @throws Exception any exception aborts the run before anything is fetched
	 */
	int getBatchSizeLimit(LinkContext context) throws Exception;

	/**
	 * Delivers records; those to be updated only or deleted go to a
	 * {@link TargetAdapterForDeletes} alone. A record marked neither way counts as
	 * delivered; mark those that were not with {@link RecordInFlight#addError(String)}.
	 * As the last thing before it commits, it calls
	 * {@link RunContext#checkBeforeCommit()}.
	 * @param context what is known of the Link; in {@linkplain LinkContext#testingMode()
	 * testing mode} nothing may be changed at the target
	 * @param records at least one and at most as many as the limit, in the order in which
	 * they were fetched
	 * @throws AbortRunException when no record can be delivered, whatever it holds: the
	 * run ends
	 * @throws Exception any other exception fails the batch, which is then delivered
	 * again in smaller parts until the records that cannot be delivered are alone; so
	 * whatever this call had changed must have been undone, or must not matter when it is
	 * done again. How it had marked the records counts for nothing
	 */
	void pushRecords(LinkContext context, List<RecordInFlight> records) throws Exception;

	/**
	 * Checks what a run would refuse of the properties that its records have. Called for
	 * the commands {@code plan} and {@code validate}, after {@link #getBatchSizeLimit}
	 * and never in a run. Changes nothing.
	 * @param context what is known of the Link
	 * @param propertyNames the names of the properties that every record has after the
	 * Link's mapping, in order
	 * @throws Exception any exception is reported, with its message
	 */
	default void validate(LinkContext context, List<String> propertyNames) throws Exception {
	}

}
