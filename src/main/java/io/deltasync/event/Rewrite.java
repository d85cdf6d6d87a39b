package io.deltasync.event;

/** Which unchanged records are written anyway. */
public enum Rewrite {

	/** No unchanged records. */
	NOTHING,

	/** The records that the run fetches. */
	FETCHED,

	/** The records that the run fetches, and all others when a later run fetches them. */
	EVERYTHING;

	/**
	 * Returns the rewriting that a person asks for.
	 * @param asked whether the run must rewrite records
	 * @param mode the mode of the run
	 * @return everything for a full run
	 */
	public static Rewrite of(boolean asked, Mode mode) {
		return !asked ? NOTHING : (mode == Mode.FULL) ? EVERYTHING : FETCHED;
	}

	/**
	 * Returns the one that rewrites more.
	 * @param other another rewriting
	 * @return this or the other
	 */
	public Rewrite or(Rewrite other) {
		return (compareTo(other) < 0) ? other : this;
	}

}
