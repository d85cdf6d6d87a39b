package io.deltasync.jdbc.generic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.jdbc.dialect.BufferedRow;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.value.RowSink;

/**
 * Updates the rows that exist, and inserts the others, all in the transaction of its
 * connection.
 */
final class UpdateThenInsert implements RowStatement {

	private final Connection connection;

	private final String update;

	private final int[] updated;

	private final String insert;

	private final List<BufferedRow> rows = new ArrayList<>();

	private BufferedRow current = new BufferedRow();

	/**
	 * Creates the statement.
	 * @param update the statement that updates a row by its key
	 * @param updated the positions of its values among those of a row, from 0
	 * @param insert the statement that inserts a row
	 */
	UpdateThenInsert(Connection connection, String update, int[] updated, String insert) {
		this.connection = connection;
		this.update = update;
		this.updated = updated;
		this.insert = insert;
	}

	@Override
	public RowSink beginRow() {
		this.current = new BufferedRow();
		return this.current;
	}

	@Override
	public void endRow() {
		this.rows.add(this.current);
	}

	/**
	 * Writes the rows. If two of them have a key that no row has yet, the second insert
	 * fails and the caller writes them one by one.
	 */
	@Override
	public boolean execute() throws SQLException {
		List<BufferedRow> missing = new ArrayList<>();
		try (PreparedStatement statement = this.connection.prepareStatement(this.update)) {
			GenericSink sink = new GenericSink(statement);
			for (BufferedRow row : this.rows) {
				bind(row, sink);
				statement.addBatch();
			}
			int[] counts = statement.executeBatch();
			for (int i = 0; i < counts.length; i++) {
				if (count(statement, sink, counts[i], this.rows.get(i)) == 0) {
					missing.add(this.rows.get(i));
				}
			}
		}
		if (!missing.isEmpty()) {
			insert(missing);
		}
		return true;
	}

	private void bind(BufferedRow row, GenericSink sink) throws SQLException {
		sink.continueAfter(0);
		for (int index : this.updated) {
			row.write(index, sink);
		}
	}

	/** Counts the rows of an update again, alone, if the driver has not counted them. */
	private int count(PreparedStatement statement, GenericSink sink, int counted, BufferedRow row) throws SQLException {
		if (counted >= 0) {
			return counted;
		}
		bind(row, sink);
		return statement.executeUpdate();
	}

	private void insert(List<BufferedRow> missing) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(this.insert)) {
			GenericSink sink = new GenericSink(statement);
			for (BufferedRow row : missing) {
				sink.continueAfter(0);
				row.writeAll(sink);
				statement.addBatch();
			}
			statement.executeBatch();
		}
	}

	@Override
	public void close() {
		// each statement is closed after its execution
	}

}
