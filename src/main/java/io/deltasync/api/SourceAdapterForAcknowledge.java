package io.deltasync.api;

/**
 * A source that needs to know when a run has succeeded: for example to move processed
 * files away, to delete an export job, or to acknowledge messages of a queue.
 */
public interface SourceAdapterForAcknowledge extends SourceAdapter {

	/**
	 * Notifies the source of a successful run. Called at least once for each successful
	 * delta and full run, after the success has been stored, so that nothing the run read
	 * will be fetched again. Not called for test runs, which deliver nothing, or for
	 * replays, whose records are fetched again by a later run.
	 * <p>
	 * The call may be repeated for the same run, even much later and from another
	 * process, so it must be idempotent. It is made on a new instance, which is closed
	 * afterwards if it is {@link AutoCloseable}.
	 * @param context the context of the successful run
	 * @throws Exception any exception becomes a warning in the run's Sync Event and does
	 * not affect its success; the call is repeated after the next successful run
	 */
	void runSucceeded(LinkContext context) throws Exception;

}
