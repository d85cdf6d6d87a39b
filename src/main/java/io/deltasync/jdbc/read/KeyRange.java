package io.deltasync.jdbc.read;

import java.util.List;
import java.util.Objects;

import io.deltasync.jdbc.delta.Window;
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

	/** Returns the first of some ranges, and those that follow it without a gap. */
	static List<KeyRange> adjacent(List<KeyRange> ranges) {
		int count = 1;
		while (count < ranges.size() && ranges.get(count).follows(ranges.get(count - 1))) {
			count++;
		}
		return ranges.subList(0, count);
	}

	private boolean follows(KeyRange before) {
		return this.from != null && this.from.equals(before.to) && !single() && !before.single()
				&& this.order.equals(before.order) && Objects.equals(this.window, before.window);
	}

	/** Whether this is the scope of one row, which no other range can be. */
	boolean single() {
		return this.from != null && this.from.equals(this.to);
	}

}
