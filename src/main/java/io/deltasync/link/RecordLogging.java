package io.deltasync.link;

/**
 * What a Link stores of single records, beside their counts.
 */
public enum RecordLogging {

	/** Rejects. */
	ERRORS,

	/** Rejects, and what was warned of. */
	WARNINGS,

	/** Rejects, and what became of each record. */
	ALL,

	/** Rejects, without the properties that they could be delivered from. */
	NONE

}
