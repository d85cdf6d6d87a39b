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

	/**
	 * Notifies the source of a successful run, with the scopes that the run has fetched.
	 * DeltaSync calls this method, which calls {@link #runSucceeded(LinkContext)} unless
	 * it is overridden.
	 * @param context the context of the successful run
	 * @param scopes the scopes in the order of the plan, as they were passed to
	 * {@code fetchRecords}; empty for a run without scopes. They are read from
	 * DeltaSync's database while they are iterated over, so they may be more than fit
	 * into memory, and iterating can throw a {@link RuntimeException}
	 * @throws Exception as for {@link #runSucceeded(LinkContext)}
	 */
	default void runSucceeded(LinkContext context, Iterable<?> scopes) throws Exception {
		runSucceeded(context);
	}

}
