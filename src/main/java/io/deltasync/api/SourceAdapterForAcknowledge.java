package io.deltasync.api;

/**
 * A source that must be told when a run has been successful: to move files that were read
 * away, to delete an export job, or to acknowledge a queue.
 */
public interface SourceAdapterForAcknowledge extends SourceAdapter {

	/**
	 * Tells the source that a run was successful. Called at least once for each
	 * successful delta and full run, after its success has been stored, so that nothing
	 * of what it read is fetched again. Not called for testing runs, which deliver
	 * nothing, nor for replays, whose records a later run fetches again.
	 * <p>
	 * It may be called more than once for one run, also much later, and by another
	 * process: what it does must be right then, too. It is given a fresh instance, which
	 * is closed afterwards if it is {@link AutoCloseable}.
	 * @param context the context that the run had
	 * @throws Exception any exception is a warning in the run's Sync Event and changes
	 * nothing of its success; the call is made again after the next successful run
	 */
	void runSucceeded(LinkContext context) throws Exception;

}
