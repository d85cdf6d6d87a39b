package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.WindowPosition;
import io.deltasync.api.WindowPosition.Place;
import io.deltasync.jdbc.delta.Window;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Finds a single row of a table by its key.
 */
final class RowLookup {

	private final Table table;

	private final List<Column> key;

	private final RowCondition condition;

	RowLookup(Table table, List<Column> key, RowCondition condition) {
		this.table = table;
		this.condition = condition;
		this.key = key;
	}

	/**
	 * Converts the values of a key from texts.
	 * @throws IllegalArgumentException if a text is missing or not a value of its column
	 */
	Map<String, Object> parse(Map<String, String> texts) {
		Map<String, Object> values = new LinkedHashMap<>();
		for (Column column : this.key) {
			String text = texts.get(column.name());
			if (text == null) {
				throw new IllegalArgumentException(
						"The key of %s needs a value of '%s'".formatted(this.table, column.name()));
			}
			values.put(column.name(), KeyTexts.parse(column, text));
		}
		return values;
	}

	/** Returns the scope that consists of the row with a key. */
	KeyRange range(Map<String, Object> key) {
		return range(key, null);
	}

	private KeyRange range(Map<String, Object> key, @Nullable Window window) {
		List<String> names = new ArrayList<>();
		List<String> values = new ArrayList<>();
		for (Column column : this.key) {
			names.add(column.name());
			values.add(KeyTexts.text(column, Objects.requireNonNull(key.get(column.name()))));
		}
		return KeyRange.single(names, values, window);
	}

	/**
	 * Compares a row with the window of a run, as the run's own query does.
	 * @return the position, or null if there is no such row
	 */
	@Nullable WindowPosition position(Connection connection, Map<String, Object> key, @Nullable Column deltaColumn,
			@Nullable Window window) throws SQLException {
		String read = (deltaColumn != null) ? this.table.dialect().comparing(deltaColumn) : "1";
		List<@Nullable String> found = new ArrayList<>();
		query(connection, range(key), read, (row) -> found
			.add((deltaColumn != null) ? KeyValue.read(row, 1, deltaColumn, this.table.dialect().times()) : null));
		if (found.isEmpty()) {
			return null;
		}
		String name = (deltaColumn != null) ? deltaColumn.name() : null;
		if (window == null) {
			return new WindowPosition(Place.EVERYTHING, name, found.get(0), null, null);
		}
		return new WindowPosition(place(connection, key, found.get(0), window), name, found.get(0), window.from(),
				window.to());
	}

	private Place place(Connection connection, Map<String, Object> key, @Nullable String value, Window window)
			throws SQLException {
		if (value == null) {
			return Place.NO_VALUE;
		}
		if (holds(connection, key, window)) {
			return Place.WITHIN;
		}
		return holds(connection, key, new Window(window.column(), window.from(), null, false)) ? Place.AFTER
				: Place.BEFORE;
	}

	private boolean holds(Connection connection, Map<String, Object> key, Window window) throws SQLException {
		List<Integer> found = new ArrayList<>();
		query(connection, range(key, window), "1", (row) -> found.add(1));
		return !found.isEmpty();
	}

	private void query(Connection connection, KeyRange range, String expression, Row read) throws SQLException {
		RangeQuery query = new RangeQuery(this.table, this.condition, range);
		try (PreparedStatement statement = connection.prepareStatement(query.sql(List.of(expression)))) {
			query.bind(statement);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					read.take(rows);
				}
			}
		}
	}

	/** Takes the current row of a result. */
	@FunctionalInterface
	private interface Row {

		void take(ResultSet row) throws SQLException;

	}

}
