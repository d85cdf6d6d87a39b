package io.deltasync.jdbc.read;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A scope: the rows of a table between two positions in an order without ties. Values are
 * exact text representations of the columns' values.
 *
 * @param order the columns that rows are ordered by
 * @param from the values of the first row; null for the beginning
 * @param to the values of the first row after the range; null for the end
 * @param window the window of a delta run; null for everything
 */
public record KeyRange(List<String> order, @Nullable List<String> from, @Nullable List<String> to,
		@Nullable Window window) {

}
