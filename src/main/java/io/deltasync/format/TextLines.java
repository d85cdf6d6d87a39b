package io.deltasync.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Splits bytes into lines of text, each with its line break, and knows which of them
 * contain malformed input. Not thread-safe.
 */
final class TextLines implements Closeable {

	private static final int BUFFER = 16 * 1024;

	private static final char REPLACEMENT = '\uFFFD';

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final InputStream in;

	private final CharsetDecoder decoder;

	private final boolean replaceMalformed;

	private final int maxLength;

	private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);

	private final CharBuffer chars = CharBuffer.allocate(BUFFER).limit(0);

	private boolean atEnd;

	private boolean begun;

	/** Whether the decoded characters stand for malformed bytes. */
	private boolean malformedAhead;

	private char[] line = new char[1024];

	private int length;

	private boolean tooLong;

	private long number;

	TextLines(InputStream in, FormatOptions options) {
		this.in = in;
		this.decoder = options.charset()
			.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
		this.replaceMalformed = options.replaceMalformed();
		this.maxLength = options.maxRecordLength();
	}

	/** Reads the next line; returns null at the end. */
	@Nullable TextLine next() throws IOException {
		this.length = 0;
		this.tooLong = false;
		boolean malformed = false;
		boolean complete = false;
		while (!complete && hasChars()) {
			malformed |= this.malformedAhead;
			char[] buffer = this.chars.array();
			int from = this.chars.position();
			int to = from;
			while (to < this.chars.limit() && buffer[to] != '\n' && buffer[to] != '\r') {
				to++;
			}
			complete = to < this.chars.limit();
			int end = complete ? to + 1 : to;
			append(from, end);
			this.chars.position(end);
			if (complete && buffer[to] == '\r' && hasChars() && this.chars.get(this.chars.position()) == '\n') {
				append(this.chars.position(), this.chars.position() + 1);
				this.chars.get();
			}
		}
		if (!complete && this.length == 0) {
			return null;
		}
		this.number++;
		return new TextLine(this.number, Arrays.copyOf(this.line, this.length), malformed, this.tooLong);
	}

	private void append(int from, int to) {
		int count = Math.min(to - from, this.maxLength - this.length);
		this.tooLong |= count < to - from;
		if (this.length + count > this.line.length) {
			this.line = Arrays.copyOf(this.line, Math.max(this.length + count, 2 * this.line.length));
		}
		System.arraycopy(this.chars.array(), from, this.line, this.length, count);
		this.length += count;
	}

	/** Whether characters are left, which are decoded if necessary. */
	private boolean hasChars() throws IOException {
		while (!this.chars.hasRemaining()) {
			if (!decode()) {
				return false;
			}
			if (!this.begun && this.chars.hasRemaining()) {
				this.begun = true;
				if (this.chars.get(this.chars.position()) == BYTE_ORDER_MARK) {
					this.chars.get();
				}
			}
		}
		return true;
	}

	private boolean decode() throws IOException {
		this.malformedAhead = false;
		this.chars.clear();
		CoderResult result = this.decoder.decode(this.bytes, this.chars, this.atEnd);
		if (result.isError() && this.chars.position() == 0) {
			this.bytes.position(this.bytes.position() + result.length());
			this.chars.put(REPLACEMENT);
			this.malformedAhead = !this.replaceMalformed;
		}
		boolean more = this.chars.position() > 0;
		if (!more && !this.atEnd) {
			read();
			more = true;
		}
		this.chars.flip();
		return more;
	}

	private void read() throws IOException {
		this.bytes.compact();
		int read = this.in.read(this.bytes.array(), this.bytes.position(), this.bytes.remaining());
		this.atEnd = read < 0;
		this.bytes.position(this.bytes.position() + Math.max(read, 0));
		this.bytes.flip();
	}

	@Override
	public void close() throws IOException {
		this.in.close();
	}

}
