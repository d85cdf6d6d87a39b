package io.deltasync.api;

/**
 * A source that needs to know when a run was not successful and will not be restarted:
 * for example to cancel an export job.
 */
public interface SourceAdapterForAbandonment extends SourceAdapter {

	/**
	 * Notifies the source that a delta or full run was not successful and will not be
	 * restarted, because the next run begins, which fetches the same window. Called
	 * before the next run is planned, on a new instance, which is closed afterwards if it
	 * is {@link AutoCloseable}. The call is made once as a rule; but not if the Link's
	 * source has changed or the process dies, and possibly again after a restart.
	 * @param context the context of the unsuccessful run
	 * @param scopes the planning scope of its last answer, if it had one, and then the
	 * scopes of its plan, as they were passed to the adapter. They are read from
	 * DeltaSync's database while they are iterated over, so they may be more than fit
	 * into memory, and iterating can throw a {@link RuntimeException}
	 * @throws Exception any exception becomes a warning in the Sync Event of the run that
	 * begins, which continues
	 */
	void runAbandoned(LinkContext context, Iterable<?> scopes) throws Exception;

}
