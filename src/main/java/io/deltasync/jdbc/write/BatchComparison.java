package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.Comparison;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Compares records of one shape with their rows. The rows are compared while they are
 * read, and only values that differ are kept. If several records have the same key, the
 * last one decides, because it was written last. Used for one batch.
 */
final class BatchComparison {

	private final WriteTarget target;

	private final RowKey key;

	private final ComparisonShape shape;

	private final ColumnReader[] readers;

	private final List<@Nullable Object[]> values = new ArrayList<>();

	/** The keys of the records as they are given, and their forms. */
	private final List<List<Object>> given = new ArrayList<>();

	private final List<Object> forms = new ArrayList<>();

	/** From the form of each key to the last record that has it. */
	private final Map<Object, Integer> index = new HashMap<>();

	/** Whether the table has any row for the batch. */
	private boolean found;

	BatchComparison(WriteTarget target, RowKey key, ComparisonShape shape) {
		this.target = target;
		this.key = key;
		this.shape = shape;
		this.readers = shape.readers(target.table().dialect());
	}

	/**
	 * Adds a record.
	 * @return the result if it is already known, otherwise null
	 */
	@Nullable Comparison add(@Nullable Object[] recordValues) throws SQLException {
		if (this.shape.missing() != null) {
			return Comparison.refused(this.shape.missing());
		}
		List<Object> keyValues = new ArrayList<>(this.key.columns().size());
		try {
			List<@Nullable Object> raw = new ArrayList<>(this.key.columns().size());
			for (int i = 0; i < this.key.columns().size(); i++) {
				raw.add(this.shape.key(recordValues, i));
			}
			Object form = this.key.of(raw);
			raw.forEach((value) -> keyValues.add(Objects.requireNonNull(value)));
			this.index.put(form, this.values.size());
			this.forms.add(form);
		}
		catch (ValueRefusedException ex) {
			return Comparison.refused(String.valueOf(ex.getMessage()));
		}
		this.given.add(keyValues);
		this.values.add(recordValues);
		return null;
	}

	/** Returns the results of the added records, in their order. */
	List<Comparison> run(Connection connection) throws SQLException {
		@Nullable Comparison[] results = new @Nullable Comparison[this.values.size()];
		if (this.values.isEmpty()) {
			return List.of();
		}
		RowSelection selection = new RowSelection(this.target, this.key);
		int most = selection.mostKeys();
		for (int from = 0; from < this.given.size(); from += most) {
			List<List<Object>> part = this.given.subList(from, Math.min(from + most, this.given.size()));
			try (ResultSet rows = selection.rows(connection, this.shape.columns(), part)) {
				while (rows.next()) {
					take(rows, results);
				}
			}
			catch (ValueRefusedException ex) {
				throw new SQLException(ex.getMessage(), "22000", ex);
			}
		}
		complete(connection, selection, results);
		return Arrays.stream(results).map((result) -> Objects.requireNonNullElse(result, Comparison.MISSING)).toList();
	}

	private void take(ResultSet rows, @Nullable Comparison[] results) throws SQLException {
		this.found = true;
		List<@Nullable Object> held = new ArrayList<>(this.key.columns().size());
		for (int i = 0; i < this.key.columns().size(); i++) {
			held.add(this.readers[i].read(rows, i + 1));
		}
		Integer record = find(held);
		if (record != null) {
			results[record] = this.shape.compare(this.values.get(record), rows, this.readers);
		}
	}

	private @Nullable Integer find(List<@Nullable Object> held) throws SQLException {
		try {
			return this.index.get(this.key.of(held));
		}
		catch (ValueRefusedException ex) {
			// no record has such a key
			return null;
		}
	}

	private boolean hasTexts() {
		return this.key.columns()
			.stream()
			.map(Column::type)
			.anyMatch((type) -> type == ColumnType.TEXT || type == ColumnType.ENUM);
	}

	/**
	 * Finds the results of records that no row has exactly. Only the table knows whether
	 * it considers the text of a row's key equal to theirs, so it is asked for them,
	 * unless it has no row for the whole batch.
	 */
	private void complete(Connection connection, RowSelection selection, @Nullable Comparison[] results)
			throws SQLException {
		List<Integer> absent = new ArrayList<>();
		for (int i = 0; i < results.length; i++) {
			int last = this.index.getOrDefault(this.forms.get(i), i);
			results[i] = (results[i] != null) ? results[i] : results[last];
			if (results[i] == null && this.found && hasTexts()) {
				absent.add(i);
			}
		}
		int most = selection.mostKeys();
		for (int from = 0; from < absent.size(); from += most) {
			List<Integer> part = absent.subList(from, Math.min(from + most, absent.size()));
			if (hasRow(connection, selection, part.stream().map(this.given::get).toList())) {
				for (int i : part) {
					results[i] = otherLetters(connection, selection, this.given.get(i));
				}
			}
		}
	}

	private boolean hasRow(Connection connection, RowSelection selection, List<List<Object>> keys) throws SQLException {
		try (ResultSet rows = selection.rows(connection, this.key.columns(), keys)) {
			return rows.next();
		}
		catch (ValueRefusedException ex) {
			throw new SQLException(ex.getMessage(), "22000", ex);
		}
	}

	/**
	 * A delivery would change a row whose key the table considers equal. Returns null if
	 * there is none.
	 */
	private @Nullable Comparison otherLetters(Connection connection, RowSelection selection, List<Object> given)
			throws SQLException {
		try (ResultSet rows = selection.rows(connection, this.key.columns(), List.of(given))) {
			Map<String, @Nullable Object> held = new LinkedHashMap<>();
			while (rows.next()) {
				for (int i = 0; i < this.key.columns().size(); i++) {
					held.putIfAbsent(this.shape.keyProperty(i), this.readers[i].read(rows, i + 1));
				}
			}
			return held.isEmpty() ? null : Comparison.different(held);
		}
		catch (ValueRefusedException ex) {
			throw new SQLException(ex.getMessage(), "22000", ex);
		}
	}

}
