package io.deltasync.jdbc.read;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.StoredTimes;
import io.deltasync.jdbc.write.ComparedRows;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of ranges with those of a target, both in the order of the key, with
 * one query at each side for all of the ranges.
 */
final class RangeComparison {

	private final DataSource database;

	private final Table table;

	/** The columns that are read at the source. */
	private final List<Column> columns;

	private final ComparedRows target;

	/** For each column of the target, the position of the column at the source. */
	private final int[] positions;

	private RangeComparison(DataSource database, Table table, List<Column> columns, ComparedRows target,
			int[] positions) {
		this.database = database;
		this.table = table;
		this.columns = columns;
		this.target = target;
		this.positions = positions;
	}

	/**
	 * Prepares the comparison.
	 * @param read the columns that records of the source have
	 * @param key the source's key
	 * @param names from the names of columns to those of properties at the target
	 * @return the comparison; null if the keys of both sides do not correspond
	 */
	static @Nullable RangeComparison of(DataSource database, Table table, List<Column> read, List<Column> key,
			ComparedRows target, Map<String, String> names) {
		List<String> columns = read.stream().map(Column::name).toList();
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
		return (key.size() == target.keyColumns()) ? new RangeComparison(database, table, read, target, positions)
				: null;
	}

	/**
	 * Compares the rows.
	 * @param ranges ranges in the order of the key, each of which begins where the
	 * previous one ends
	 * @return for the first ranges, at least one, how many rows the source has there;
	 * empty if they may differ
	 * @throws SQLException if a value cannot be read
	 */
	List<OptionalLong> run(List<KeyRange> ranges, RowCondition condition, @Nullable Integer fetchSize)
			throws SQLException {
		StoredTimes times = this.table.dialect().times();
		ColumnReader[] readers = this.columns.stream()
			.map((column) -> this.table.dialect().reader(column, times))
			.toArray(ColumnReader[]::new);
		int[] sourceKey = Arrays.copyOf(this.positions, this.target.keyColumns());
		int[] targetKey = IntStream.range(0, this.target.keyColumns()).toArray();
		KeyRange first = ranges.get(0);
		KeyRange all = new KeyRange(first.order(), first.from(), ranges.get(ranges.size() - 1).to(), null);
		KeyRange targetRange = new KeyRange(
				this.target.columns().stream().limit(this.target.keyColumns()).map(Column::name).toList(), all.from(),
				all.to(), null);
		try (OrderedRows source = new OrderedRows(this.database, this.table, new RangeQuery(this.table, condition, all),
				this.columns, readers, sourceKey, fetchSize);
				OrderedRows held = new OrderedRows(this.target.database(), this.target.table(),
						new RangeQuery(this.target.table(), RowCondition.NONE, targetRange), this.target.columns(),
						this.target.readers(), targetKey, fetchSize)) {
			return new RangeMerge(source, readers.length, held, this.positions, targetKey.length).compare(ranges);
		}
	}

}
