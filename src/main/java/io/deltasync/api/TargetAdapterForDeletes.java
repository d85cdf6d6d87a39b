package io.deltasync.api;

/**
 * A target that heeds what is to become of a record: {@link Operation#DELETE} and
 * {@link Operation#UPDATE} as well as {@link Operation#UPSERT}. What a Link deletes goes
 * to no other.
 */
public interface TargetAdapterForDeletes extends TargetAdapter {

	/**
	 * Checks whether records can be deleted. Called for the commands {@code plan} and
	 * {@code validate} of a Link that deletes, never in a run. Changes nothing.
	 * @param context what is known of the Link
	 * @throws Exception any exception is reported, with its message
	 */
	default void validateDeletes(LinkContext context) throws Exception {
	}

}
