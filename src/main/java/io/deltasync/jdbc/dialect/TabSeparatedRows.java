package io.deltasync.jdbc.dialect;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.deltasync.jdbc.value.RowSink;

/**
 * Buffers rows as lines of UTF-8 with fields separated by tabs, NULL as {@code \\N}, and
 * special characters escaped with a backslash. Confined to one thread.
 */
public abstract class TabSeparatedRows implements RowSink {

	/**
	 * The size in bytes from which the buffered rows are sent. Small, so that the server
	 * takes rows while the next ones are written.
	 */
	private static final int FULL = 1 << 16;

	/** The usual size of the buffer: a row is rarely longer than what is left of it. */
	private static final int USUAL = 2 * FULL;

	private static final byte[] ESCAPES = new byte[Byte.MAX_VALUE + 1];

	static {
		ESCAPES[0] = '0';
		ESCAPES['\t'] = 't';
		ESCAPES['\n'] = 'n';
		ESCAPES['\r'] = 'r';
		ESCAPES['\\'] = '\\';
	}

	private byte[] bytes = new byte[USUAL];

	private int size;

	private int rowStart;

	private int rows;

	/** Removes the rows. */
	public final void clear() {
		if (this.bytes.length > USUAL) {
			// after a value that was much longer than others
			this.bytes = new byte[USUAL];
		}
		this.size = 0;
		this.rowStart = 0;
		this.rows = 0;
	}

	/** Ends the current row. */
	public final void endRow() {
		// replaces the tab after the last field
		this.bytes[this.size - 1] = '\n';
		this.rowStart = this.size;
		this.rows++;
	}

	/** Discards the values of the current row. */
	public final void dropRow() {
		this.size = this.rowStart;
	}

	/** Returns the number of rows that were ended. */
	public final int rows() {
		return this.rows;
	}

	/** Whether there is so much that it should be sent. */
	public final boolean isFull() {
		return this.size >= FULL;
	}

	/** Returns the rows. */
	public final InputStream content() {
		return new ByteArrayInputStream(this.bytes, 0, this.size);
	}

	@Override
	public void addNull() {
		field("\\N");
	}

	@Override
	public void add(String text) {
		text(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Adds the bytes of a text. */
	protected final void text(byte[] plain) {
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

	/** Adds an ASCII field that needs no escapes. */
	protected final void field(byte[] text, int length) {
		reserve(length + 1L);
		copy(text, 0, length);
		this.bytes[this.size++] = '\t';
	}

	/** Makes room for more bytes. */
	private void reserve(long more) {
		if (this.size + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes,
					Math.toIntExact(Math.max(this.size + more, Math.min(2L * this.bytes.length, Integer.MAX_VALUE))));
		}
	}

}
