package io.deltasync.jdbc.read;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A scope: the rows of a table between two positions in an order that tells all rows
 * apart. Values are texts that stand for the columns' values exactly.
 *
 * @param order the columns that rows are ordered by
 * @param from the values of the first row; null: from the beginning
 * @param to the values of the first row that is not read any more; null: to the end
 * @param window what a delta run is limited to; null: everything
 */
public record KeyRange(List<String> order, @Nullable List<String> from, @Nullable List<String> to,
		@Nullable Window window) {

}
