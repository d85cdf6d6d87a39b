package io.deltasync.reject;

/** The consequence of a record's failure for the run. */
public enum RejectOutcome {

	/** The record is stored and fails the run. */
	FAILS,

	/**
	 * The record is stored and does not fail the run, or not a second time. It was
	 * acknowledged, quarantined or, in this version, discarded before; or another version
	 * of it already fails the run in the same scope.
	 */
	PASSES,

	/**
	 * The record fails the run and is not stored, because the run has stored as many as
	 * it may. Its scope must be fetched again.
	 */
	NOT_STORED

}
