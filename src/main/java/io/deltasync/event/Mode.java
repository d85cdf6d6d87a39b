package io.deltasync.event;

/**
 * What a run is for.
 */
public enum Mode {

	/** Fetches what changed since the last successful run. */
	DELTA,

	/** Fetches everything. */
	FULL,

	/** Delivers again what failed in an earlier run; moves no window. */
	REPLAY,

	/** A person set the window; nothing was fetched. */
	SET;

	/**
	 * Tells whether a successful run of this mode becomes the last successful one.
	 * @return true if it moves window and cursor
	 */
	public boolean movesWindow() {
		return this == DELTA || this == FULL;
	}

}
