package io.deltasync.http.source.page;

/**
 * Maps 64 bits of a key to the page that has it, in 24 bytes or less for each key. Not
 * thread-safe.
 */
public final class KeyTable {

	private static final int NONE = -1;

	private long[] keys = new long[1024];

	/** One more than the page; 0 for a free place. */
	private int[] pages = new int[1024];

	private int size;

	public int size() {
		return this.size;
	}

	/** Returns the page of a key; -1 if there is none. */
	public int get(long key) {
		return this.pages[place(key)] + NONE;
	}

	/** Adds a key that is not there. */
	public void put(long key, int page) {
		if (this.size * 2 >= this.keys.length) {
			grow();
		}
		int place = place(key);
		this.keys[place] = key;
		this.pages[place] = page - NONE;
		this.size++;
	}

	private int place(long key) {
		int mask = this.keys.length - 1;
		int place = Long.hashCode(key) & mask;
		while (this.pages[place] != 0 && this.keys[place] != key) {
			place = (place + 1) & mask;
		}
		return place;
	}

	private void grow() {
		long[] oldKeys = this.keys;
		int[] oldPages = this.pages;
		this.keys = new long[oldKeys.length * 2];
		this.pages = new int[oldPages.length * 2];
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldPages[i] != 0) {
				int place = place(oldKeys[i]);
				this.keys[place] = oldKeys[i];
				this.pages[place] = oldPages[i];
			}
		}
	}

}
