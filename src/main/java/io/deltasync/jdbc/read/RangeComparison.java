package io.deltasync.jdbc.read;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

import javax.sql.DataSource;

import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.StoredTimes;
import io.deltasync.jdbc.write.ComparedRows;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of a range with those of a target, both in the order of the key. Only
 * values that are equal when they are read count as the same: those of which a delivery
 * would change nothing although they differ need records.
 */
final class RangeComparison {

	/** How many other rows the target may have in the range for each of the source. */
	private static final int SPARSENESS = 2;

	private final DataSource database;

	private final Table table;

	private final ComparedRows target;

	/** For each column of the target, the position of the column at the source. */
	private final int[] positions;

	private RangeComparison(DataSource database, Table table, ComparedRows target, int[] positions) {
		this.database = database;
		this.table = table;
		this.target = target;
		this.positions = positions;
	}

	/**
	 * Prepares the comparison.
	 * @param key the source's key
	 * @param names from the names of columns to those of properties at the target
	 * @return the comparison; null if the keys of both sides do not correspond
	 */
	static @Nullable RangeComparison of(DataSource database, Table table, List<Column> key, ComparedRows target,
			Map<String, String> names) {
		List<String> columns = table.columns().stream().map(Column::name).toList();
		int[] positions = new int[target.columns().size()];
		for (int i = 0; i < positions.length; i++) {
			String property = target.properties().get(i);
			positions[i] = columns.indexOf(names.entrySet()
				.stream()
				.filter((name) -> name.getValue().equals(property))
				.map(Map.Entry::getKey)
				.findFirst()
				.orElse(""));
			boolean sameKey = i >= target.keyColumns() || (i < key.size() && key.get(i).isLong()
					&& key.get(i).name().equals(columns.get(Math.max(0, positions[i]))));
			if (positions[i] < 0 || !sameKey) {
				return null;
			}
		}
		return (key.size() == target.keyColumns()) ? new RangeComparison(database, table, target, positions) : null;
	}

	/**
	 * Compares the rows.
	 * @param range a range in the order of the key
	 * @return how many rows the source has there; empty if they may differ
	 * @throws SQLException if a value cannot be read
	 */
	OptionalLong run(KeyRange range, RowCondition condition, @Nullable Integer fetchSize) throws SQLException {
		StoredTimes times = this.table.dialect().times();
		ColumnReader[] readers = this.table.columns()
			.stream()
			.map((column) -> this.table.dialect().reader(column, times))
			.toArray(ColumnReader[]::new);
		KeyRange targetRange = new KeyRange(
				this.target.columns().stream().limit(this.target.keyColumns()).map(Column::name).toList(), range.from(),
				range.to(), null);
		try (OrderedRows source = new OrderedRows(this.database, this.table,
				new RangeQuery(this.table, condition, range), this.table.columns(), readers, fetchSize);
				OrderedRows held = new OrderedRows(this.target.database(), this.target.table(),
						new RangeQuery(this.target.table(), RowCondition.NONE, targetRange), this.target.columns(),
						this.target.readers(), fetchSize)) {
			return compare(source, held);
		}
	}

	private OptionalLong compare(OrderedRows source, OrderedRows held) throws SQLException {
		@Nullable Object[] row = new @Nullable Object[this.table.columns().size()];
		long count = 0;
		long others = 0;
		boolean same = true;
		while (same && source.next()) {
			count++;
			for (int i = 0; i < row.length; i++) {
				row[i] = source.value(i);
			}
			int order = -1;
			while (order < 0 && others <= SPARSENESS * count && held.next()) {
				order = order(held, row);
				others += (order < 0) ? 1 : 0;
			}
			same = order == 0 && isSame(row, held);
		}
		// to read on costs less than another connection, which some drivers then need
		while (source.next()) {
			count++;
		}
		while (others <= SPARSENESS * count && held.next()) {
			others++;
		}
		return same ? OptionalLong.of(count) : OptionalLong.empty();
	}

	/** Compares the key of a row that the target holds with that of a source's row. */
	private int order(OrderedRows held, @Nullable Object[] row) throws SQLException {
		int order = 0;
		for (int i = 0; i < this.target.keyColumns() && order == 0; i++) {
			order = Long.compare((Long) Objects.requireNonNull(held.value(i)),
					(Long) Objects.requireNonNull(row[this.positions[i]]));
		}
		return order;
	}

	private boolean isSame(@Nullable Object[] row, OrderedRows held) throws SQLException {
		boolean same = true;
		for (int i = this.target.keyColumns(); i < this.positions.length && same; i++) {
			same = isSame(row[this.positions[i]], held.value(i));
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
