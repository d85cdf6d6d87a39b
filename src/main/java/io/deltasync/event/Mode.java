package io.deltasync.event;

/** The purpose of a run. */
public enum Mode {

	/** Fetches the changes since the last successful run. */
	DELTA,

	/** Fetches everything. */
	FULL,

	/** Delivers what failed in an earlier run; moves no window. */
	REPLAY,

	/** Sets the window on behalf of a person; nothing is fetched. */
	SET,

	/** Compares the target with the source; moves no window. */
	VERIFY;

	/**
	 * Whether a successful run of this mode becomes the last successful one.
	 * @return true if it moves window and cursor
	 */
	public boolean movesWindow() {
		return this == DELTA || this == FULL;
	}

}
