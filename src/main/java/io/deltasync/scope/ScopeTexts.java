package io.deltasync.scope;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Stores the texts of many scopes in little memory: as separate objects, a million short
 * texts would take four times as much memory as their characters. Texts can be added at
 * the end only. Not thread-safe.
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
	 * Texts that no longer change.
	 *
	 * @param text all texts, concatenated
	 * @param ends the end of each text
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Block(String text, int[] ends) {

	}

}
