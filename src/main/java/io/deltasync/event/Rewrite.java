package io.deltasync.event;

/**
 * Which records are written though the target has them as they are.
 */
public enum Rewrite {

	/** None. */
	NOTHING,

	/** Those that the run fetches. */
	FETCHED,

	/** Those that the run fetches, and of all others those that a later run fetches. */
	EVERYTHING;

	/**
	 * Returns what a person asks for who has a run rewrite records.
	 * @param asked whether one does
	 * @param mode the mode of the run
	 * @return everything for a full run
	 */
	public static Rewrite of(boolean asked, Mode mode) {
		return !asked ? NOTHING : (mode == Mode.FULL) ? EVERYTHING : FETCHED;
	}

	/**
	 * Returns what rewrites more.
	 * @param other another
	 * @return this or the other
	 */
	public Rewrite or(Rewrite other) {
		return (compareTo(other) < 0) ? other : this;
	}

}
