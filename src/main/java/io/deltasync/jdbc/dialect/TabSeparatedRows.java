package io.deltasync.jdbc.dialect;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.deltasync.jdbc.value.RowSink;

/**
 * Buffers rows as lines of UTF-8 with fields separated by tabs, NULL as {@code \\N}, and
 * special characters escaped with a backslash. Confined to one thread.
 */
public abstract class TabSeparatedRows implements RowSink {

	/** The size in bytes from which the buffered rows are sent. */
	private static final int FULL = 8 << 20;

	/**
	 * The usual size of a block in bytes. Rows fill many small blocks, because a large
	 * array would be copied whenever it grew, and is expensive for the garbage collector.
	 */
	private static final int BLOCK = 1 << 16;

	private static final byte[] ESCAPES = new byte[Byte.MAX_VALUE + 1];

	static {
		ESCAPES[0] = '0';
		ESCAPES['\t'] = 't';
		ESCAPES['\n'] = 'n';
		ESCAPES['\r'] = 'r';
		ESCAPES['\\'] = '\\';
	}

	/** The blocks before the current one. */
	private final List<Block> filled = new ArrayList<>();

	private long filledBytes;

	private byte[] bytes = new byte[BLOCK];

	private int size;

	/** The number of blocks that were filled before the current row. */
	private int rowBlocks;

	private int rowStart;

	private int rows;

	/** Removes the rows. */
	public final void clear() {
		if (this.bytes.length > BLOCK) {
			// after a value that was much longer than others
			this.bytes = new byte[BLOCK];
		}
		this.filled.clear();
		this.filledBytes = 0;
		this.size = 0;
		this.rowBlocks = 0;
		this.rowStart = 0;
		this.rows = 0;
	}

	/** Ends the current row. */
	public final void endRow() {
		// replaces the tab after the last field
		this.bytes[this.size - 1] = '\n';
		this.rowBlocks = this.filled.size();
		this.rowStart = this.size;
		this.rows++;
	}

	/** Discards the values of the current row. */
	public final void dropRow() {
		if (this.filled.size() > this.rowBlocks) {
			List<Block> ofRow = this.filled.subList(this.rowBlocks, this.filled.size());
			this.bytes = ofRow.get(0).bytes();
			this.filledBytes -= ofRow.stream().mapToLong(Block::size).sum();
			ofRow.clear();
		}
		this.size = this.rowStart;
	}

	/** Returns the number of rows that were ended. */
	public final int rows() {
		return this.rows;
	}

	/** Whether there is so much that it should be sent. */
	public final boolean isFull() {
		return this.filledBytes + this.size >= FULL;
	}

	/** Returns the rows. */
	public final InputStream content() {
		List<InputStream> blocks = new ArrayList<>(this.filled.size() + 1);
		this.filled.forEach((block) -> blocks.add(new ByteArrayInputStream(block.bytes(), 0, block.size())));
		blocks.add(new ByteArrayInputStream(this.bytes, 0, this.size));
		return new SequenceInputStream(Collections.enumeration(blocks));
	}

	@Override
	public void addNull() {
		field("\\N");
	}

	@Override
	public void add(String text) {
		byte[] plain = text.getBytes(StandardCharsets.UTF_8);
		reserve(2L * plain.length + 1);
		int from = 0;
		for (int i = 0; i < plain.length; i++) {
			byte each = plain[i];
			if (each >= 0 && ESCAPES[each] != 0) {
				copy(plain, from, i);
				this.bytes[this.size++] = '\\';
				this.bytes[this.size++] = ESCAPES[each];
				from = i + 1;
			}
		}
		copy(plain, from, plain.length);
		this.bytes[this.size++] = '\t';
	}

	private void copy(byte[] plain, int from, int to) {
		System.arraycopy(plain, from, this.bytes, this.size, to - from);
		this.size += to - from;
	}

	@Override
	public void add(long number) {
		field(Long.toString(number));
	}

	@Override
	public void add(double number) {
		field(Double.toString(number));
	}

	@Override
	public void add(BigDecimal number) {
		field(number.toPlainString());
	}

	@Override
	public void add(boolean bool) {
		field(bool ? "1" : "0");
	}

	/** Adds an ASCII field that needs no escapes. */
	protected final void field(String text) {
		int length = text.length();
		reserve(length + 1L);
		for (int i = 0; i < length; i++) {
			this.bytes[this.size++] = (byte) text.charAt(i);
		}
		this.bytes[this.size++] = '\t';
	}

	/** Continues in another block unless there is room for more bytes. */
	private void reserve(long more) {
		if (this.size + more <= this.bytes.length) {
			return;
		}
		if (this.size > 0) {
			this.filled.add(new Block(this.bytes, this.size));
			this.filledBytes += this.size;
		}
		this.bytes = new byte[Math.toIntExact(Math.max(BLOCK, more))];
		this.size = 0;
	}

	/** A part of the rows. */
	@SuppressWarnings("ArrayRecordComponent")
	private record Block(byte[] bytes, int size) {

	}

}
