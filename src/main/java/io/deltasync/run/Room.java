package io.deltasync.run;

import java.util.function.LongSupplier;

/**
 * How many more rows of a kind a run may store. Rows of other processes and of earlier
 * attempts are counted at the beginning and, as workers share the room, once in a while
 * after that: several processes may together exceed it a little. Thread-safe.
 */
public final class Room {

	/** How often in the course of a run the rows are counted, at most about. */
	private static final int COUNTS = 10;

	private final int most;

	private long taken = -1;

	private long sinceCount;

	/**
	 * Creates it.
	 * @param most how many rows a run may store
	 */
	Room(int most) {
		this.most = most;
	}

	/** How many rows a run may store. */
	public int most() {
		return this.most;
	}

	/**
	 * Reserves room, for as many rows as there is room for.
	 * @param wanted how many rows are to be stored
	 * @param stored counts the rows that are stored, up to the limit
	 * @return how many may be stored, 0 or more
	 */
	public synchronized int reserve(int wanted, LongSupplier stored) {
		if (this.taken < 0 || this.sinceCount > this.most / COUNTS) {
			this.taken = Math.max(this.taken, stored.getAsLong());
			this.sinceCount = 0;
		}
		int granted = (int) Math.max(0, Math.min(wanted, this.most - this.taken));
		this.taken += granted;
		this.sinceCount += granted;
		return granted;
	}

	/**
	 * Gives room back that was not needed.
	 * @param rows how many rows were not stored
	 */
	public synchronized void giveBack(int rows) {
		this.taken -= rows;
		this.sinceCount -= rows;
	}

}
