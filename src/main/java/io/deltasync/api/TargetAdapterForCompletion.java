package io.deltasync.api;

/**
 * A target that needs to know when everything was delivered: for example to move a file
 * into place, or to publish what was loaded.
 */
public interface TargetAdapterForCompletion extends TargetAdapter {

	/**
	 * Notifies the target that a run has delivered everything, before the success of the
	 * run is stored. Called for each run that would otherwise be successful, also for
	 * replays and for runs that delivered nothing; not called for test runs. The run is
	 * successful only if the call returns. Otherwise a restart repeats the call, and so
	 * does, with what a later run delivers, the end of that run.
	 * <p>
	 * What unsuccessful runs have delivered counts as delivered, and may not be delivered
	 * again. So a target that keeps back what it receives must keep it until a run is
	 * complete, whichever that is.
	 * <p>
	 * The call may be repeated for the same run, also from another process, so it must be
	 * idempotent. It is made on a new instance, after all others of the run were closed.
	 * The target calls {@link RunContext#checkBeforeCommit()} immediately before it
	 * changes what others can see.
	 * @param context the context of the run
	 * @throws Exception to make the run unsuccessful; it is retried before if it may pass
	 */
	void completeRun(LinkContext context) throws Exception;

}
