package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.jdbc.dialect.StatementSink;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Selects rows by their keys, with one statement. Whole numbers that lie close together
 * are selected as a range, which costs the server and the driver less than a list; it
 * cannot contain many other rows, because no two rows have the same key.
 */
final class RowSelection {

	/** Databases limit the parameters of a statement and the values of a list. */
	private static final int MOST_VALUES = 1000;

	/** What parsers take that count each condition as one more level. */
	private static final int MOST_CONDITIONS = 100;

	/** How many numbers a range may contain for each record. */
	private static final int SPARSENESS = 3;

	private final WriteTarget target;

	private final RowKey key;

	RowSelection(WriteTarget target, RowKey key) {
		this.target = target;
		this.key = key;
	}

	/** Returns for how many keys a statement may select rows. */
	int mostKeys() {
		int columns = this.key.columns().size();
		boolean list = columns == 1 || this.target.table().dialect().comparesRowValues();
		return Math.max(1, (list ? MOST_VALUES : MOST_CONDITIONS) / columns);
	}

	/**
	 * Returns the rows, in no particular order, with others among them.
	 * @param columns the columns to select
	 * @param keys the values of the keys of the records, in ascending order if they are
	 * whole numbers; at least one and not more than {@link #mostKeys}
	 */
	ResultSet rows(Connection connection, List<Column> columns, List<List<Object>> keys)
			throws SQLException, ValueRefusedException {
		Dialect dialect = this.target.table().dialect();
		boolean range = isRange(keys);
		String sql = "SELECT %s FROM %s WHERE %s".formatted(
				columns.stream().map(dialect::reading).collect(Collectors.joining(", ")), this.target.table().quoted(),
				range ? "%s BETWEEN ? AND ?".formatted(dialect.quote(this.key.columns().get(0).name()))
						: list(dialect, keys.size()));
		PreparedStatement statement = connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY,
				ResultSet.CONCUR_READ_ONLY);
		try {
			statement.closeOnCompletion();
			statement.setMaxRows(0);
			statement.setFetchSize(dialect.streamingFetchSize(keys.size()));
			bind(statement, range ? List.of(keys.get(0), keys.get(keys.size() - 1)) : keys);
			return statement.executeQuery();
		}
		catch (SQLException | RuntimeException | ValueRefusedException ex) {
			statement.close();
			throw ex;
		}
	}

	private boolean isRange(List<List<Object>> keys) {
		if (this.key.columns().size() > 1 || this.key.columns().get(0).type() != ColumnType.INTEGER
				|| !(keys.get(0).get(0) instanceof Long first)
				|| !(keys.get(keys.size() - 1).get(0) instanceof Long last)) {
			return false;
		}
		long span = last - first;
		return span >= 0 && span < (long) SPARSENESS * keys.size() && isAscending(keys);
	}

	private static boolean isAscending(List<List<Object>> keys) {
		long before = Long.MIN_VALUE;
		for (List<Object> one : keys) {
			if (!(one.get(0) instanceof Long number) || number < before) {
				return false;
			}
			before = number;
		}
		return true;
	}

	private String list(Dialect dialect, int size) {
		List<Column> columns = this.key.columns();
		String names = dialect.names(columns);
		if (columns.size() == 1) {
			return "%s IN (%s)".formatted(names, String.join(", ", Collections.nCopies(size, "?")));
		}
		if (!dialect.comparesRowValues()) {
			String one = columns.stream()
				.map((column) -> dialect.quote(column.name()) + " = ?")
				.collect(Collectors.joining(" AND ", "(", ")"));
			return String.join(" OR ", Collections.nCopies(size, one));
		}
		String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
		return "(%s) IN (%s)".formatted(names, String.join(", ", Collections.nCopies(size, row)));
	}

	private void bind(PreparedStatement statement, List<? extends List<? extends @Nullable Object>> keys)
			throws SQLException, ValueRefusedException {
		StatementSink bound = this.target.table().dialect().sink(statement);
		for (List<? extends @Nullable Object> one : keys) {
			for (int i = 0; i < one.size(); i++) {
				this.key.writer(i).write(bound, one.get(i));
			}
		}
	}

}
