package io.deltasync.run.deliver;

import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * What a lane does with the records that it fetches. Not thread-safe; each lane has its
 * own.
 */
public interface LaneSession extends AutoCloseable {

	/**
	 * Processes a batch and stores its outcome.
	 * @param body calls {@link #process} and then, in a transaction, {@link #store}
	 * @param <T> the type of the result
	 * @return the result of the body
	 * @throws Exception if the body fails
	 */
	<T extends @Nullable Object> T watch(Callable<T> body) throws Exception;

	/**
	 * Processes a batch and marks the outcome of its records.
	 * @param batch at most as many records as the batch size limit
	 * @throws Exception if the run cannot continue
	 */
	void process(List<BatchRecord> batch) throws Exception;

	/**
	 * Stores the outcome of a batch. Takes part in the caller's transaction.
	 * @param batch the records
	 */
	void store(List<BatchRecord> batch);

	/** Closes the target and the filters, and stores their warnings. */
	@Override
	void close();

}
