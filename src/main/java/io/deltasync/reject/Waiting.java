package io.deltasync.reject;

/** The way in which a reject waits to be delivered. */
public enum Waiting {

	/** It is open and in the window of the next delta run, which it causes to fail. */
	HOLDING,

	/**
	 * It is open, but no delta run fetches it: it failed in a run that fetched more than
	 * the delta runs since. A full run fetches it, and a replay of its run delivers it.
	 */
	LEFT,

	/** A person has acknowledged it: it does not fail runs. */
	ACKNOWLEDGED,

	/** The Link's {@code quarantine-after} has acknowledged it automatically. */
	QUARANTINED

}
