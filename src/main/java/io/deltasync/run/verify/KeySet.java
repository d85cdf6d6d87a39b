package io.deltasync.run.verify;

import java.util.Arrays;

/**
 * A set of the digests of keys, of which 64 bits each are kept. Not thread-safe.
 */
final class KeySet {

	private static final int HEX_DIGITS = 16;

	private static final int FIRST = 1 << 12;

	private long[] slots = new long[FIRST];

	private int size;

	private boolean zero;

	/**
	 * Returns the bits of a digest that are kept.
	 * @param digest at least 16 hexadecimal digits
	 */
	static long bits(String digest) {
		return Long.parseUnsignedLong(digest, 0, HEX_DIGITS, 16);
	}

	void add(long bits) {
		if (bits == 0) {
			this.zero = true;
			return;
		}
		if (this.size * 2 >= this.slots.length) {
			long[] before = this.slots;
			this.slots = new long[before.length * 2];
			Arrays.stream(before).filter((slot) -> slot != 0).forEach(this::put);
		}
		this.size += put(bits) ? 1 : 0;
	}

	private boolean put(long bits) {
		int slot = slot(bits);
		boolean added = this.slots[slot] == 0;
		this.slots[slot] = bits;
		return added;
	}

	boolean contains(long bits) {
		return (bits == 0) ? this.zero : this.slots[slot(bits)] == bits;
	}

	/** Returns the slot that holds the bits, or the free one where they belong. */
	private int slot(long bits) {
		int mask = this.slots.length - 1;
		int slot = (int) (bits ^ (bits >>> 32)) & mask;
		while (this.slots[slot] != 0 && this.slots[slot] != bits) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	int size() {
		return this.size + (this.zero ? 1 : 0);
	}

}
