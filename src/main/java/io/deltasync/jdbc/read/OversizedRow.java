package io.deltasync.jdbc.read;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.KeyValue;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * A row that is too large for the connection; only its key can be read.
 *
 * @param key the names and values of the columns of its key
 * @param rest the range after this row; null when it is the last row
 */
record OversizedRow(Map<String, @Nullable Object> key, @Nullable KeyRange rest) {

	private static final int FEW = 3;

	/**
	 * Finds the row after the one that was read last.
	 * @param condition the condition for rows that are read
	 * @param range the range that was being read
	 * @param key the columns of the key
	 * @param last the values of the row that was read last; null when none was
	 * @return null when there is no such row any longer, or when the position of the last
	 * row cannot be compared
	 */
	static @Nullable OversizedRow after(Connection connection, Table table, RowCondition condition, KeyRange range,
			List<String> key, @Nullable Map<String, @Nullable Object> last) throws SQLException {
		List<Column> order = table.columns(range.order(), "key");
		List<String> from = (last != null) ? texts(order, last) : range.from();
		if (last != null && from == null) {
			return null;
		}
		List<Column> keyColumns = table.columns(key, "key");
		List<String> expressions = Stream
			.concat(order.stream().map(table.dialect()::comparing), keyColumns.stream().map(table.dialect()::reading))
			.toList();
		StoredTimes times = table.dialect().times();
		KeyRange behind = new KeyRange(range.order(), from, range.to(), range.window());
		Map<String, @Nullable Object> found = null;
		try (ResultSet rows = new RangeQuery(table, condition, behind).stream(connection, expressions, FEW)) {
			while (rows.next()) {
				List<String> position = position(rows, order, times);
				if (found != null) {
					return new OversizedRow(found, new KeyRange(range.order(), position, range.to(), range.window()));
				}
				if (last == null || !position.equals(from)) {
					found = new LinkedHashMap<>();
					for (int i = 0; i < keyColumns.size(); i++) {
						found.put(key.get(i),
								table.dialect().reader(keyColumns.get(i), times).read(rows, order.size() + i + 1));
					}
				}
			}
		}
		return (found != null) ? new OversizedRow(found, null) : null;
	}

	private static List<String> position(ResultSet rows, List<Column> order, StoredTimes times) throws SQLException {
		List<String> position = new ArrayList<>();
		for (int i = 0; i < order.size(); i++) {
			position.add(String.valueOf(KeyValue.read(rows, i + 1, order.get(i), times)));
		}
		return position;
	}

	/**
	 * Returns values as texts of {@link KeyValue}; null when a column is compared by
	 * another type.
	 */
	private static @Nullable List<String> texts(List<Column> order, Map<String, @Nullable Object> values) {
		List<String> texts = new ArrayList<>();
		for (Column column : order) {
			Object value = values.get(column.name());
			if (value == null || column.comparesOtherwise() || column.type() == ColumnType.FLOAT) {
				return null;
			}
			texts.add((value instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes)
					: (value instanceof BigDecimal number) ? number.toPlainString() : value.toString());
		}
		return texts;
	}

}
