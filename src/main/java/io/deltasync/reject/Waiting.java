package io.deltasync.reject;

/**
 * How a reject waits to be delivered.
 */
public enum Waiting {

	/** It is open and in the window of the next delta run, which it fails. */
	HOLDING,

	/**
	 * It is open, but no delta run fetches it: it failed in a run that fetched more than
	 * the delta runs since. A full run fetches it, and its replay delivers it.
	 */
	LEFT,

	/** A person took it out of the runs' success. */
	ACKNOWLEDGED,

	/** The Link's {@code quarantine-after} did the same. */
	QUARANTINED

}
