package io.deltasync.api;

/**
 * The change that a record makes at the target.
 */
public enum Operation {

	/**
	 * Inserts the record, or updates it if its key exists.
	 */
	UPSERT,

	/**
	 * Updates the record with this key, if it exists. Never inserts.
	 */
	UPDATE,

	/**
	 * Deletes the record with this key, if it exists.
	 */
	DELETE

}
