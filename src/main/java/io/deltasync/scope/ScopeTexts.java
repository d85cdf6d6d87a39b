package io.deltasync.scope;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The texts of many scopes in little memory: a million short texts as objects of their
 * own take four times as much as their characters. Grows at its end only. Not
 * thread-safe.
 */
public final class ScopeTexts extends AbstractList<String> implements RandomAccess {

	private static final int BLOCK = 1024;

	private final List<Block> blocks = new ArrayList<>();

	private final StringBuilder text = new StringBuilder();

	private int[] ends = new int[BLOCK];

	private int open;

	@Override
	public boolean add(String scope) {
		this.text.append(scope);
		this.ends[this.open++] = this.text.length();
		if (this.open == BLOCK) {
			this.blocks.add(new Block(this.text.toString(), this.ends));
			this.text.setLength(0);
			this.ends = new int[BLOCK];
			this.open = 0;
		}
		return true;
	}

	@Override
	public String get(int index) {
		int block = index / BLOCK;
		int position = index % BLOCK;
		if (block < this.blocks.size()) {
			Block full = this.blocks.get(block);
			return full.text.substring(start(full.ends, position), full.ends[position]);
		}
		if (block > this.blocks.size() || position >= this.open) {
			throw new IndexOutOfBoundsException(index);
		}
		return this.text.substring(start(this.ends, position), this.ends[position]);
	}

	private static int start(int[] ends, int position) {
		return (position > 0) ? ends[position - 1] : 0;
	}

	@Override
	public int size() {
		return this.blocks.size() * BLOCK + this.open;
	}

	/**
	 * Texts that do not change any more.
	 *
	 * @param text one behind the other
	 * @param ends where each ends
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Block(String text, int[] ends) {

	}

}
