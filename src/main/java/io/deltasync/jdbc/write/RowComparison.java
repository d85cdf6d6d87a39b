package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.deltasync.api.FoundRecord;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.StoredTimes;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.StoredForm;
import io.deltasync.jdbc.value.StoredTimes;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row of a record and compares its values with those that the record would
 * write.
 */
final class RowComparison {

	private final WriteTarget target;

	RowComparison(WriteTarget target) {
		this.target = target;
	}

	/**
	 * Looks up a record.
	 * @param connection a session of the table
	 * @throws IllegalArgumentException if the record has no value for the key, or one
	 * that the table cannot hold
	 */
	@Nullable FoundRecord find(Connection connection, RecordInFlight record) throws SQLException {
		Table table = this.target.table();
		String sql = "SELECT %s FROM %s WHERE %s".formatted(
				table.columns().stream().map(table.dialect()::reading).collect(Collectors.joining(", ")),
				table.quoted(),
				this.target.key().stream().map(table.dialect()::equal).collect(Collectors.joining(" AND ")));
		Map<Column, @Nullable Object> given = byColumn(record);
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setMaxRows(0);
			bind(table.dialect().sink(statement), given);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next() ? compare(rows, given) : null;
			}
		}
	}

	private Map<Column, @Nullable Object> byColumn(RecordInFlight record) {
		Map<Column, @Nullable Object> given = new LinkedHashMap<>();
		record.properties().forEach((name, value) -> {
			Column column = this.target.table().find(name);
			if (column != null) {
				given.put(column, value);
			}
		});
		return given;
	}

	private void bind(RowSink bound, Map<Column, @Nullable Object> given) throws SQLException {
		for (Column column : this.target.key()) {
			Object value = given.get(column);
			if (value == null) {
				throw new IllegalArgumentException("The record has no value for column '%s' of the key of %s"
					.formatted(column.name(), this.target.table()));
			}
			try {
				this.target.writer(column).write(bound, value);
			}
			catch (ValueRefusedException ex) {
				throw new IllegalArgumentException(ex.getMessage(), ex);
			}
		}
	}

	private FoundRecord compare(ResultSet row, Map<Column, @Nullable Object> given) throws SQLException {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		List<String> differences = new ArrayList<>();
		List<Column> columns = this.target.table().columns();
		for (int i = 0; i < columns.size(); i++) {
			Column column = columns.get(i);
			Object stored = ColumnComparison.reader(this.target.table().dialect(), column).read(row, i + 1);
			properties.put(column.name(), stored);
			if (given.containsKey(column) && !column.computed() && !this.target.key().contains(column)
					&& differs(column, given.get(column), stored)) {
				differences.add(column.name());
			}
		}
		return new FoundRecord(properties, differences);
	}

	private boolean differs(Column column, @Nullable Object given, @Nullable Object stored) throws SQLException {
		try {
			return !new ColumnComparison(this.target, column).isSame(given, stored);
		}
		catch (ValueRefusedException ex) {
			return true;
		}
	}

}
