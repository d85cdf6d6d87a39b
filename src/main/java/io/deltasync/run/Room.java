package io.deltasync.run;

import java.util.function.LongSupplier;

/**
 * Limits the number of rows of one kind that a run stores. Rows of other processes and
 * earlier attempts are counted at the start and, because workers share the limit, from
 * time to time after that. Several processes may therefore exceed it slightly.
 * Thread-safe.
 */
public final class Room {

	/** How often the stored rows are counted during a run, at most about. */
	private static final int COUNTS = 10;

	private final int most;

	private long taken = -1;

	private long sinceCount;

	/**
	 * Creates the limit of a run.
	 * @param most how many rows a run may store
	 */
	Room(int most) {
		this.most = most;
	}

	/** Returns the highest number of rows that a run may store. */
	public int most() {
		return this.most;
	}

	/**
	 * Reserves as many of the wanted rows as the limit allows.
	 * @param wanted how many rows the caller wants to store
	 * @param stored counts the stored rows, up to the limit
	 * @return how many rows may be stored, 0 or more
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
	 * Returns a reservation that was not used.
	 * @param rows how many rows were not stored
	 */
	public synchronized void giveBack(int rows) {
		this.taken -= rows;
		this.sinceCount -= rows;
	}

}
