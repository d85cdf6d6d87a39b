package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.KeyValue;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Splits rows into ranges. Reads the keys once, in order, and keeps only their count and
 * the first key of each range.
 */
final class RangePlanner {

	private final Table table;

	private final List<Column> key;

	private final RowCondition condition;

	private final KeyRange whole;

	private final List<Column> order;

	private final int limit;

	private final StoredTimes times;

	private final List<List<String>> starts = new ArrayList<>();

	private long total;

	/**
	 * Creates a planner.
	 * @param condition the condition for rows that are read
	 * @param whole the range to split
	 * @param limit the maximum number of rows per range
	 */
	RangePlanner(Table table, List<Column> key, RowCondition condition, KeyRange whole, int limit) {
		this.table = table;
		this.condition = condition;
		this.key = key;
		this.whole = whole;
		this.order = table.columns(whole.order(), "key");
		this.limit = limit;
		this.times = table.dialect().times();
	}

	void read(Connection connection, int fetchSize) throws SQLException {
		List<String> expressions = this.order.stream().map(this.table.dialect()::comparing).toList();
		boolean everyKey = this.table.view() || this.table.dialect().permitsNullInKeys()
				|| this.key.stream().anyMatch(Column::nullable);
		@Nullable String[] previous = new @Nullable String[0];
		try (ResultSet rows = new RangeQuery(this.table, this.condition, this.whole).stream(connection, expressions,
				fetchSize)) {
			while (rows.next()) {
				boolean start = this.total > 0 && this.total % this.limit == 0;
				if (everyKey || start) {
					@Nullable String[] values = values(rows);
					check(values, previous);
					previous = values;
					if (start) {
						this.starts.add(List.of(values));
					}
				}
				this.total++;
			}
		}
	}

	private @Nullable String[] values(ResultSet rows) throws SQLException {
		@Nullable String[] values = new @Nullable String[this.order.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = value(rows, i);
		}
		return values;
	}

	private @Nullable String value(ResultSet rows, int i) throws SQLException {
		Column column = this.order.get(i);
		try {
			return KeyValue.read(rows, i + 1, column, this.times);
		}
		catch (SQLException ex) {
			throw UnreadableValue.of(this.table.dialect(), column, ex);
		}
		catch (DateTimeException ex) {
			throw UnreadableValue.of(column, ex);
		}
	}

	private void check(@Nullable String[] values, @Nullable String[] previous) {
		for (int i = 0; i < values.length; i++) {
			if (values[i] == null) {
				throw new AbortRunException(("Column '%s' of the key is NULL in a row of %s (key: %s); a row without a "
						+ "complete key cannot be identified: name other columns in the option key")
					.formatted(this.order.get(i).name(), this.table, describe(values)));
			}
		}
		if (this.table.view() && Arrays.equals(values, previous)) {
			throw new AbortRunException(("Several rows of %s have the key %s; name columns in the option key that "
					+ "tell all its rows apart")
				.formatted(this.table, describe(values)));
		}
	}

	private String describe(@Nullable String[] values) {
		List<String> parts = new ArrayList<>();
		for (int i = 0; i < values.length; i++) {
			parts.add(this.order.get(i).name() + " = " + values[i]);
		}
		return String.join(", ", parts);
	}

	long total() {
		return this.total;
	}

	/** Returns the ranges, which together contain each row exactly once. */
	List<KeyRange> ranges() {
		List<KeyRange> ranges = new ArrayList<>(this.starts.size() + 1);
		List<String> from = null;
		for (List<String> start : this.starts) {
			ranges.add(new KeyRange(this.whole.order(), from, start, this.whole.window()));
			from = start;
		}
		ranges.add(new KeyRange(this.whole.order(), from, null, this.whole.window()));
		return ranges;
	}

}
