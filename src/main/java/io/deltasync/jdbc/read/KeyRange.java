package io.deltasync.jdbc.read;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A scope: the rows of a table between two positions in an order without ties, or a
 * single row. Values are exact text representations of the columns' values.
 *
 * @param order the columns that rows are ordered by
 * @param from the values of the first row; null for the beginning
 * @param to the values of the first row after the range; null for the end, and the first
 * row itself for a single row
 * @param window the window of a delta run; null for everything
 */
public record KeyRange(List<String> order, @Nullable List<String> from, @Nullable List<String> to,
		@Nullable Window window) {

	/** Returns the scope of the one row that has these values. */
	static KeyRange single(List<String> order, List<String> values, @Nullable Window window) {
		return new KeyRange(order, values, values, window);
	}

	/** Whether this is the scope of one row, which no other range can be. */
	boolean single() {
		return this.from != null && this.from.equals(this.to);
	}

}
