package io.deltasync.jdbc.write;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.deltasync.api.Comparison;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.StoredTimes;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * How all records with the same operation and the same properties in the same order are
 * compared with their rows. Confined to one thread.
 */
final class ComparisonShape {

	private final Operation operation;

	private final String[] properties;

	private final @Nullable String missing;

	/** The columns that are selected: first those of the key. */
	private final List<Column> columns = new ArrayList<>();

	private final ColumnComparison[] comparisons;

	/** For each selected column, the position of its property. */
	private final int[] positions;

	private final int keyColumns;

	ComparisonShape(WriteTarget target, RecordInFlight record) {
		this.operation = record.operation();
		List<String> names = List.copyOf(record.properties().keySet());
		this.properties = names.toArray(String[]::new);
		this.missing = new WriteStatement(target, this.operation, names).missing();
		this.keyColumns = target.key().size();
		this.columns.addAll(target.key());
		Map<Column, Integer> given = new LinkedHashMap<>();
		for (int i = 0; i < names.size(); i++) {
			Column column = (this.missing == null && this.operation != Operation.DELETE) ? target.column(names.get(i))
					: target.table().find(names.get(i));
			if (column != null) {
				given.put(column, i);
			}
		}
		if (this.missing == null && this.operation != Operation.DELETE) {
			given.keySet().stream().filter((column) -> !target.key().contains(column)).forEach(this.columns::add);
		}
		this.comparisons = this.columns.stream()
			.map((column) -> new ColumnComparison(target, column))
			.toArray(ColumnComparison[]::new);
		this.positions = this.columns.stream().mapToInt((column) -> given.getOrDefault(column, -1)).toArray();
	}

	/** Returns why no record of this shape can be written, or null. */
	@Nullable String missing() {
		return this.missing;
	}

	List<Column> columns() {
		return this.columns;
	}

	ColumnReader[] readers(Dialect dialect) {
		return this.columns.stream()
			.map((column) -> ColumnComparison.reader(dialect, column))
			.toArray(ColumnReader[]::new);
	}

	/** Returns the values of a record; null if it has another shape. */
	@Nullable Object @Nullable [] values(RecordInFlight record) {
		if (record.operation() != this.operation || record.properties().size() != this.properties.length) {
			return null;
		}
		Values values = new Values();
		record.properties().forEach(values);
		return values.same ? values.values : null;
	}

	/** Returns the value of a record for a column of the key. */
	@Nullable Object key(@Nullable Object[] values, int column) {
		return values[this.positions[column]];
	}

	/**
	 * Compares a record with its row.
	 * @param values the values of the record
	 * @param rows stands at the row, which has the selected columns
	 */
	Comparison compare(@Nullable Object[] values, ResultSet rows, ColumnReader[] readers) throws SQLException {
		if (this.operation == Operation.DELETE) {
			// the row should not be there
			return Comparison.different(Map.of());
		}
		Map<String, @Nullable Object> held = Map.of();
		try {
			for (int i = this.keyColumns; i < readers.length; i++) {
				Object value = readers[i].read(rows, i + 1);
				if (!this.comparisons[i].isSame(values[this.positions[i]], value)) {
					held = held.isEmpty() ? new LinkedHashMap<>() : held;
					held.put(this.properties[this.positions[i]], value);
				}
			}
		}
		catch (ValueRefusedException ex) {
			return Comparison.refused(String.valueOf(ex.getMessage()));
		}
		return held.isEmpty() ? Comparison.SAME : Comparison.different(held);
	}

	/** Returns the names of the properties that go to the key. */
	String keyProperty(int column) {
		return this.properties[this.positions[column]];
	}

	/** Returns the names of the properties that go to the selected columns. */
	List<String> propertyNames() {
		return Arrays.stream(this.positions).mapToObj((position) -> this.properties[position]).toList();
	}

	/** Collects values and compares the names of their properties. */
	private final class Values implements BiConsumer<String, @Nullable Object> {

		private final @Nullable Object[] values = new @Nullable Object[ComparisonShape.this.properties.length];

		private int size;

		private boolean same = true;

		@Override
		public void accept(String name, @Nullable Object value) {
			this.same = this.same && name.equals(ComparisonShape.this.properties[this.size]);
			this.values[this.size++] = value;
		}

	}

}
