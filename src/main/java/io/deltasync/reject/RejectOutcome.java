package io.deltasync.reject;

/**
 * What it means to a run that a record has failed.
 */
public enum RejectOutcome {

	/** The record is stored and fails the run. */
	FAILS,

	/**
	 * The record is stored and does not fail the run, or not once more: it was
	 * acknowledged, quarantined or, in this version, discarded before, or fails the run
	 * already in another version of the same scope.
	 */
	PASSES,

	/**
	 * The record fails the run and is not stored, as the run has stored as many as it
	 * may: its scope must be fetched again.
	 */
	NOT_STORED

}
