package io.deltasync.format;

import java.io.Closeable;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Reads records one after the other. Not thread-safe.
 */
public interface RecordReader extends Closeable {

	/**
	 * Reads the next record.
	 * @return the record, or a line that cannot be read; null at the end
	 * @throws FormatException if the rest cannot be read
	 * @throws IOException if reading fails, also because compressed data ends too early
	 */
	@Nullable ParsedRecord next() throws IOException;

}
