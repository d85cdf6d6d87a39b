package io.deltasync.jdbc.write;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.HexFormat;

import io.deltasync.jdbc.dialect.TimeText;

/**
 * Buffers rows in the format of MySQL's LOAD DATA: lines of UTF-8, fields separated by
 * tabs, special characters escaped with a backslash, bytes as hexadecimal digits.
 * Confined to one thread.
 */
final class LoadDataBuffer implements RowSink {

	/** The size in bytes from which the buffered rows are sent. */
	private static final int FULL = 8 << 20;

	/** A larger buffer is released after it was sent. */
	private static final int LARGEST_KEPT = 2 * FULL;

	/** The first character that is more than one byte in UTF-8. */
	private static final char FIRST_LONGER = 0x80;

	private byte[] bytes = new byte[1 << 16];

	private int size;

	private int rowStart;

	private int rows;

	void clear() {
		if (this.bytes.length > LARGEST_KEPT) {
			// after a row that was much longer than others
			this.bytes = new byte[1 << 16];
		}
		this.size = 0;
		this.rowStart = 0;
		this.rows = 0;
	}

	/** Ends the current row. */
	void endRow() {
		// replaces the tab after the last field
		this.bytes[this.size - 1] = '\n';
		this.rowStart = this.size;
		this.rows++;
	}

	/** Discards the values of the current row. */
	void dropRow() {
		this.size = this.rowStart;
	}

	int rows() {
		return this.rows;
	}

	boolean isFull() {
		return this.size >= FULL;
	}

	InputStream content() {
		return new ByteArrayInputStream(this.bytes, 0, this.size);
	}

	@Override
	public void addNull() {
		field("\\N");
	}

	@Override
	public void add(String text) {
		int length = text.length();
		reserve(2L * length + 1);
		for (int i = 0; i < length; i++) {
			char unit = text.charAt(i);
			if (unit >= FIRST_LONGER) {
				escape(text.substring(i).getBytes(StandardCharsets.UTF_8));
				break;
			}
			escape((byte) unit);
		}
		this.bytes[this.size++] = '\t';
	}

	private void escape(byte[] rest) {
		reserve(2L * rest.length + 1);
		for (byte each : rest) {
			escape(each);
		}
	}

	private void escape(byte each) {
		byte escaped = switch (each) {
			case 0 -> '0';
			case '\t' -> 't';
			case '\n' -> 'n';
			case '\\' -> '\\';
			default -> 0;
		};
		if (escaped == 0) {
			this.bytes[this.size++] = each;
		}
		else {
			this.bytes[this.size++] = '\\';
			this.bytes[this.size++] = escaped;
		}
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

	@Override
	public void add(byte[] value) {
		field(HexFormat.of().formatHex(value));
	}

	@Override
	public void add(Temporal time) {
		String text = TimeText.of(time);
		field((text != null) ? text : time.toString());
	}

	@Override
	public void addObject(Object object) {
		throw new IllegalArgumentException("MySQL has no column for " + object.getClass());
	}

	/** Adds an ASCII field that needs no escapes. */
	private void field(String text) {
		int length = text.length();
		reserve(length + 1L);
		for (int i = 0; i < length; i++) {
			this.bytes[this.size++] = (byte) text.charAt(i);
		}
		this.bytes[this.size++] = '\t';
	}

	private void reserve(long more) {
		long needed = this.size + more;
		if (needed > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.toIntExact(Math.max(needed, this.bytes.length * 2L)));
		}
	}

}
