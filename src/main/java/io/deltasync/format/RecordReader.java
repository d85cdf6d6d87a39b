package io.deltasync.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads records one after the other. Not thread-safe.
 */
public interface RecordReader extends Closeable {

	/**
	 * Returns the names of the columns, if they precede the records.
	 * @return the names in their order; empty if each record has names of its own, or if
	 * there is not even a header
	 */
	default List<String> columns() {
		return List.of();
	}

	/**
	 * Reads the next record.
	 * @return the record, or a line that cannot be read; null at the end
	 * @throws FormatException if the rest cannot be read
	 * @throws IOException if reading fails, also because compressed data ends too early
	 */
	@Nullable ParsedRecord next() throws IOException;

}
