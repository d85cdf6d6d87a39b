package io.deltasync.format;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Gives a parser one line at a time, so it never reads beyond the record that it parses,
 * and gives lines again after a record that cannot be read. Not thread-safe.
 */
final class LineFeed extends Reader {

	private final TextLines lines;

	private final int maxLength;

	/** The lines that the parser has received since the record began. */
	private final List<TextLine> given = new ArrayList<>();

	/** The lines to give again before further ones are read. */
	private final Deque<TextLine> again = new ArrayDeque<>();

	private int length;

	private char[] line = new char[0];

	private int position;

	LineFeed(TextLines lines, int maxLength) {
		this.lines = lines;
		this.maxLength = maxLength;
	}

	/** Tells that the next line begins a record, or precedes one. */
	void beginRecord() {
		this.given.clear();
		this.length = 0;
	}

	/** Continues with the line after the first line of the record. */
	void returnLines() {
		boolean first = true;
		Deque<TextLine> returned = new ArrayDeque<>();
		for (TextLine line : this.given) {
			if (!first) {
				returned.add(line);
			}
			first &= line.isEmpty();
		}
		while (!returned.isEmpty()) {
			this.again.addFirst(returned.removeLast());
		}
		this.line = new char[0];
		this.position = 0;
	}

	/** Returns the first line of the record; null if there is none. */
	@Nullable TextLine first() {
		return this.given.stream().filter((line) -> !line.isEmpty()).findFirst().orElse(null);
	}

	/** Returns the last line of the record; null if there is none. */
	@Nullable TextLine last() {
		return this.given.isEmpty() ? null : this.given.get(this.given.size() - 1);
	}

	/** Returns the lines of the record, and empty lines before it. */
	List<TextLine> given() {
		return this.given;
	}

	@Override
	public int read(char[] buffer, int offset, int count) throws IOException {
		if (this.position == this.line.length && !nextLine()) {
			return -1;
		}
		int copied = Math.min(count, this.line.length - this.position);
		System.arraycopy(this.line, this.position, buffer, offset, copied);
		this.position += copied;
		return copied;
	}

	private boolean nextLine() throws IOException {
		TextLine next = this.again.isEmpty() ? this.lines.next() : this.again.removeFirst();
		if (next == null) {
			return false;
		}
		if (this.length > 0 && this.length + next.chars().length > this.maxLength) {
			this.again.addFirst(next);
			throw new RecordTooLongException();
		}
		this.given.add(next);
		this.length += next.isEmpty() && this.length == 0 ? 0 : next.chars().length;
		this.line = next.chars();
		this.position = 0;
		return true;
	}

	@Override
	public void close() throws IOException {
		this.lines.close();
	}

	/** Tells that a record has more lines than a record may be long. */
	static final class RecordTooLongException extends IOException {

		private static final long serialVersionUID = 1L;

	}

}
