package io.deltasync.jdbc.read;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Merges the rows of a source with those of a target, both in the order of the key, and
 * decides range by range whether they are the same. Only values that are equal when they
 * are read count as the same: those of which a delivery would change nothing although
 * they differ need records. Confined to one thread.
 */
final class RangeMerge {

	/** How many other rows the target may have in a range for each of the source. */
	private static final int SPARSENESS = 2;

	private final OrderedRows source;

	private final OrderedRows held;

	/** For each column of the target, the position of the column at the source. */
	private final int[] positions;

	private final int keyColumns;

	/** The positions of the source's columns that do not belong to the key. */
	private final int[] otherColumns;

	/** The values of a row of the source, without the key. */
	private final @Nullable Object[] row;

	/** Whether the target has more rows in a range than are worth reading. */
	private boolean sparse;

	RangeMerge(OrderedRows source, int sourceColumns, OrderedRows held, int[] positions, int keyColumns) {
		this.source = source;
		this.held = held;
		this.positions = positions;
		this.keyColumns = keyColumns;
		this.otherColumns = IntStream.range(0, sourceColumns)
			.filter((column) -> Arrays.stream(positions).limit(keyColumns).noneMatch((key) -> key == column))
			.toArray();
		this.row = new @Nullable Object[sourceColumns];
	}

	/**
	 * Compares ranges, up to the first one in which the target has too many other rows.
	 * @param ranges the ranges, which together contain all rows
	 * @return for the first ranges, at least one, how many rows the source has there;
	 * empty if they may differ
	 * @throws SQLException if a value cannot be read
	 */
	List<OptionalLong> compare(List<KeyRange> ranges) throws SQLException {
		List<OptionalLong> results = new ArrayList<>(ranges.size());
		for (int i = 0; i < ranges.size() && !this.sparse; i++) {
			results.add(compareUntil(end(ranges.get(i))));
		}
		return results;
	}

	private static long @Nullable [] end(KeyRange range) {
		List<String> to = range.to();
		return (to != null) ? to.stream().mapToLong((value) -> new BigDecimal(value).longValueExact()).toArray() : null;
	}

	/** Reads all rows of the range, because the next range follows them. */
	private OptionalLong compareUntil(long @Nullable [] end) throws SQLException {
		long count = 0;
		long others = 0;
		boolean same = true;
		while (this.source.next(end)) {
			count++;
			if (!same) {
				continue;
			}
			readRow();
			int order = -1;
			while (order < 0 && others <= SPARSENESS * count && this.held.next(end)) {
				order = this.held.compareKey(this.source);
				others += (order < 0) ? 1 : 0;
			}
			same = order == 0 && isSame();
		}
		while (others <= SPARSENESS * count && this.held.next(end)) {
			others++;
		}
		this.sparse = others > SPARSENESS * count;
		return same ? OptionalLong.of(count) : OptionalLong.empty();
	}

	private void readRow() throws SQLException {
		for (int column : this.otherColumns) {
			this.row[column] = this.source.value(column);
		}
	}

	private boolean isSame() throws SQLException {
		boolean same = true;
		for (int i = this.keyColumns; i < this.positions.length && same; i++) {
			same = isSame(this.row[this.positions[i]], this.held.value(i));
		}
		return same;
	}

	private static boolean isSame(@Nullable Object one, @Nullable Object other) {
		if (one instanceof byte[] bytes && other instanceof byte[] others) {
			return Arrays.equals(bytes, others);
		}
		if (one instanceof BigDecimal decimal && other instanceof BigDecimal others) {
			return decimal.compareTo(others) == 0;
		}
		return Objects.equals(one, other);
	}

}
