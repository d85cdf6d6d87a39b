package io.deltasync.api;

/**
 * A target that honours the operation of a record: {@link Operation#DELETE} and
 * {@link Operation#UPDATE} as well as {@link Operation#UPSERT}. Records to delete are
 * never passed to any other target.
 */
public interface TargetAdapterForDeletes extends TargetAdapter {

	/**
	 * Checks whether records can be deleted. Called by the commands {@code plan} and
	 * {@code validate} for a Link that deletes, never in a run. Must change nothing.
	 * @param context the Link
	 * @throws Exception to report a problem, with the exception's message
	 */
	default void validateDeletes(LinkContext context) throws Exception {
	}

}
