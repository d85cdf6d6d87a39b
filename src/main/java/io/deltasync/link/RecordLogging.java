package io.deltasync.link;

/**
 * The details that a Link stores of single records, besides counts.
 */
public enum RecordLogging {

	/** Rejects. */
	ERRORS,

	/** Rejects, and records with warnings. */
	WARNINGS,

	/** Rejects, and the outcome of each record. */
	ALL,

	/** Rejects, without the properties that redelivery needs. */
	NONE

}
