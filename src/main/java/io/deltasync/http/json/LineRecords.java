package io.deltasync.http.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;

import io.deltasync.format.FormatException;
import io.deltasync.format.ParsedRecord;
import io.deltasync.format.RecordReader;
import org.jspecify.annotations.Nullable;

/**
 * The records of an answer that has one on each line. A line that cannot be read is a
 * {@link BadLine}; as the last one it ends the answer with an error, because then the
 * answer may have been cut off.
 */
public final class LineRecords implements RecordContent {

	private final RecordReader reader;

	private @Nullable ParsedRecord next;

	/**
	 * Creates the records.
	 * @param reader reads the lines; closed with the records
	 * @throws AnswerException if the first line cannot be read
	 */
	public LineRecords(RecordReader reader) {
		this.reader = reader;
		this.next = read();
	}

	@Override
	public boolean hasNext() {
		return this.next != null;
	}

	@Override
	public Object next() {
		ParsedRecord found = this.next;
		if (found == null) {
			throw new NoSuchElementException();
		}
		this.next = read();
		if (found.problem() == null) {
			return found.properties();
		}
		String problem = "line %d: %s".formatted(found.line(), found.problem());
		if (this.next == null) {
			throw new AnswerException("ends with a line that cannot be read, so it may have been cut off: " + problem);
		}
		return new BadLine(problem);
	}

	private @Nullable ParsedRecord read() {
		try {
			return this.reader.next();
		}
		catch (FormatException ex) {
			throw new AnswerException("cannot be read: " + ex.problem(), ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex.getMessage(), ex);
		}
	}

	@Override
	public void close() {
		try {
			this.reader.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex.getMessage(), ex);
		}
	}

}
