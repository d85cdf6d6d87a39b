package io.deltasync.format;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/**
 * Reads text and limits how much of it belongs to one record, so that a record cannot use
 * up the memory. Not thread-safe.
 */
final class RecordLimit extends FilterReader {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	/** What a parser may have read beyond the record before. */
	private static final int READ_AHEAD = 64 * 1024;

	private final FormatOptions options;

	private final long most;

	private long left;

	RecordLimit(InputStream in, FormatOptions options) throws IOException {
		super(new PushbackReader(reader(in, options), 1));
		this.options = options;
		this.most = options.maxRecordLength() + (long) READ_AHEAD;
		this.left = this.most;
		int first = read();
		if (first >= 0 && first != BYTE_ORDER_MARK) {
			((PushbackReader) this.in).unread(first);
		}
	}

	private static InputStreamReader reader(InputStream in, FormatOptions options) {
		CodingErrorAction action = options.replaceMalformed() ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT;
		return new InputStreamReader(in,
				options.charset().newDecoder().onMalformedInput(action).onUnmappableCharacter(action));
	}

	/** Tells that a record begins. */
	void begin() {
		this.left = this.most;
	}

	/** Tells that what follows is not kept, until a record begins. */
	void skip() {
		this.left = Long.MAX_VALUE;
	}

	@Override
	public int read() throws IOException {
		char[] one = new char[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0];
	}

	@Override
	public int read(char[] buffer, int offset, int length) throws IOException {
		try {
			int read = super.read(buffer, offset, length);
			this.left -= Math.max(read, 0);
			if (this.left < 0) {
				throw new IOException("a record has more than %,d characters; set max-record-length to allow more"
					.formatted(this.options.maxRecordLength()));
			}
			return read;
		}
		catch (CharacterCodingException ex) {
			throw new IOException("there are bytes that are no text in %s; set charset, or on-malformed: replace"
				.formatted(this.options.charset()), ex);
		}
	}

}
