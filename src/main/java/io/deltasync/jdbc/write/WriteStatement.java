package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Operation;
import io.deltasync.api.UnreadValue;
import io.deltasync.jdbc.dialect.BatchStatement;
import io.deltasync.jdbc.dialect.BulkLoad;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.SentValue;
import io.deltasync.jdbc.value.SentValueSink;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The statement for all records with the same operation and the same properties in the
 * same order. Confined to one thread.
 */
final class WriteStatement {

	private final IntFunction<String> sql;

	private final int rowsPerStatement;

	private final @Nullable BulkLoad bulk;

	private final Dialect dialect;

	private final Table table;

	private final List<Column> key;

	private final boolean upsert;

	private final int[] positions;

	private final List<Column> written;

	private final ColumnWriter[] writers;

	private final SentColumn[] sent;

	private final @Nullable String missing;

	private String prepared = "";

	private int preparedRows;

	WriteStatement(WriteTarget target, Operation operation, List<String> properties) {
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
		this.table = target.table();
		this.key = target.key();
		this.dialect = this.table.dialect();
		this.upsert = operation == Operation.UPSERT;
		this.missing = missing(target, operation, properties, columns);
		if (this.missing != null) {
			this.positions = new int[0];
			this.written = List.of();
			this.writers = new ColumnWriter[0];
			this.sent = new SentColumn[0];
			this.sql = (rows) -> "";
			this.rowsPerStatement = 1;
			this.bulk = null;
			return;
		}
		List<Column> nonKey = columns.stream().filter((column) -> !target.key().contains(column)).toList();
		this.written = switch (operation) {
			case UPSERT -> columns;
			case UPDATE -> Stream.concat(nonKey.stream(), matched(target)).toList();
			case DELETE -> matched(target).toList();
		};
		this.positions = this.written.stream().mapToInt((column) -> positions.get(columns.indexOf(column))).toArray();
		this.writers = this.written.stream().map(target::writer).toArray(ColumnWriter[]::new);
		this.sent = this.written.stream()
			.map((column) -> new SentColumn(this.dialect, column))
			.toArray(SentColumn[]::new);
		this.sql = switch (operation) {
			case UPSERT -> (rows) -> this.dialect.upsert(target.table(), columns, target.key(), rows);
			case UPDATE -> (rows) -> this.dialect.update(target.table(), nonKey, target.key());
			case DELETE -> (rows) -> this.dialect.delete(target.table(), target.key());
		};
		this.rowsPerStatement = this.upsert ? this.dialect.rowsPerStatement(columns.size()) : 1;
		this.bulk = (target.bulk() && this.upsert) ? this.dialect.bulk(target.table(), columns, target.key()) : null;
	}

	/** Returns the columns that identify the row, in the order of parameters. */
	private static Stream<Column> matched(WriteTarget target) {
		Dialect dialect = target.table().dialect();
		return Stream.concat(target.key().stream(),
				target.key().stream().filter((column) -> dialect.exactly(column) != null));
	}

	private static @Nullable String missing(WriteTarget target, Operation operation, List<String> properties,
			List<Column> columns) {
		for (Column column : target.key()) {
			if (!columns.contains(column)) {
				return target.missingKey(column, properties);
			}
		}
		return switch (operation) {
			case UPSERT -> missing(target.table(), columns);
			case UPDATE ->
				target.key().containsAll(columns) ? "There is nothing to change in %s beside the key, only: %s"
					.formatted(target.table(), String.join(", ", properties)) : null;
			case DELETE -> null;
		};
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

	/**
	 * Prepares the statement.
	 * @param rows the number of rows; 0 if any number of them will follow
	 */
	RowStatement prepare(Connection connection, int rows) throws SQLException {
		if (this.upsert) {
			return this.dialect.prepareUpsert(connection, this.table, this.key, sql(Math.max(1, rows)), this.written,
					rows);
		}
		PreparedStatement statement = connection.prepareStatement(sql(1));
		return BatchStatement.ofRow(statement, this.dialect.sink(statement));
	}

	/** Returns the statement for a number of rows. */
	String sql(int rows) {
		if (rows != this.preparedRows) {
			this.prepared = this.sql.apply(rows);
			this.preparedRows = rows;
		}
		return this.prepared;
	}

	/** Returns the number of rows per statement. */
	int rowsPerStatement() {
		return this.rowsPerStatement;
	}

	/** Returns the way to write many rows, or null. */
	@Nullable BulkLoad bulk() {
		return this.bulk;
	}

	/** Returns the reason why no record of this shape can be written, or null. */
	@Nullable String missing() {
		return this.missing;
	}

	/** Whether rows have a value for each of these columns. */
	boolean hasAll(List<Column> columns) {
		return this.written.containsAll(columns);
	}

	/** Returns the value of a row for a column. */
	@Nullable Object value(Column column, @Nullable Object[] values) {
		return read(values[this.positions[this.written.indexOf(column)]]);
	}

	/** Writes the value of a row for one column. */
	void write(RowSink into, Column column, @Nullable Object[] values) throws SQLException, ValueRefusedException {
		int i = this.written.indexOf(column);
		this.writers[i].write(into, read(values[this.positions[i]]));
	}

	/** Writes the values of a row. */
	void write(RowSink into, @Nullable Object[] values) throws SQLException, ValueRefusedException {
		SentValueSink direct = (into instanceof SentValueSink sink) ? sink : null;
		for (int i = 0; i < this.writers.length; i++) {
			Object value = values[this.positions[i]];
			if (direct != null && value instanceof SentValue unread && this.sent[i].takes(unread)) {
				direct.add(unread);
			}
			else {
				this.writers[i].write(into, read(value));
			}
		}
	}

	private static @Nullable Object read(@Nullable Object value) {
		return (value instanceof UnreadValue unread) ? unread.read() : value;
	}

}
