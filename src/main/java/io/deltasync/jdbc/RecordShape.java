package io.deltasync.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The statement for all records with the same operation and the same properties in the
 * same order.
 */
final class RecordShape {

	private final String sql;

	private final int[] positions;

	private final ColumnWriter[] writers;

	private final @Nullable String missing;

	RecordShape(WriteTarget target, Operation operation, List<String> properties) {
		List<Column> columns = new ArrayList<>();
		List<Integer> positions = new ArrayList<>();
		for (int i = 0; i < properties.size(); i++) {
			Column column = (operation == Operation.DELETE) ? target.table().find(properties.get(i))
					: target.column(properties.get(i));
			if (column != null && columns.contains(column)) {
				throw new AbortRunException("Two properties go to column '%s' of %s; leave one of them out by mapping"
					.formatted(column.name(), target.table()));
			}
			if (column != null) {
				columns.add(column);
				positions.add(i);
			}
		}
		this.missing = missing(target, operation, properties, columns);
		if (this.missing != null) {
			this.positions = new int[0];
			this.writers = new ColumnWriter[0];
			this.sql = "";
			return;
		}
		List<Column> written = (operation == Operation.DELETE) ? target.key() : columns;
		this.positions = written.stream().mapToInt((column) -> positions.get(columns.indexOf(column))).toArray();
		Dialect dialect = target.table().dialect();
		this.writers = written.stream()
			.map((column) -> ColumnWriter.of(column, target.zone(), dialect))
			.toArray(ColumnWriter[]::new);
		this.sql = (operation == Operation.DELETE) ? dialect.delete(target.table(), target.key())
				: dialect.upsert(target.table(), columns, target.key());
	}

	private static @Nullable String missing(WriteTarget target, Operation operation, List<String> properties,
			List<Column> columns) {
		for (Column column : target.key()) {
			if (!columns.contains(column)) {
				return target.missingKey(column, properties);
			}
		}
		return (operation == Operation.DELETE) ? null : missing(target.table(), columns);
	}

	private static @Nullable String missing(Table table, List<Column> columns) {
		String missing = table.columns()
			.stream()
			.filter((column) -> !column.optional() && !column.computed() && !columns.contains(column))
			.map(Column::name)
			.collect(Collectors.joining(", "));
		return missing.isEmpty() ? null
				: "There is no value for %s of %s (NOT NULL without a default); add one by mapping".formatted(missing,
						table);
	}

	String sql() {
		return this.sql;
	}

	/** Why no record of this shape can be written, or null. */
	@Nullable String missing() {
		return this.missing;
	}

	void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException, ValueRefusedException {
		for (int i = 0; i < this.writers.length; i++) {
			this.writers[i].write(statement, i + 1, values[this.positions[i]]);
		}
	}

}
