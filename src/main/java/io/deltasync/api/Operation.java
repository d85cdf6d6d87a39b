package io.deltasync.api;

/**
 * What shall become of a record at the target.
 */
public enum Operation {

	/** Insert it, or update it where its key is there already. */
	UPSERT,

	/** Change what has its key, if anything has; make nothing new. */
	UPDATE,

	/** Remove what has its key, if anything has. */
	DELETE

}
