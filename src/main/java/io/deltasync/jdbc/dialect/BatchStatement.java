package io.deltasync.jdbc.dialect;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.deltasync.jdbc.value.RowSink;

/**
 * Writes rows as the driver's batch of a statement for one row, or as one statement for
 * all rows.
 */
public final class BatchStatement implements RowStatement {

	private final PreparedStatement statement;

	private final StatementSink sink;

	/** The number of rows of the statement; 0 for a batch. */
	private final int rows;

	private final int width;

	private int ended;

	private BatchStatement(PreparedStatement statement, StatementSink sink, int rows, int width) {
		this.statement = statement;
		this.sink = sink;
		this.rows = rows;
		this.width = width;
	}

	/** Creates a batch of a statement for one row. */
	public static BatchStatement ofRow(PreparedStatement statement, StatementSink sink) {
		return new BatchStatement(statement, sink, 0, 0);
	}

	/**
	 * Creates a statement for a fixed number of rows.
	 * @param width the number of values per row
	 */
	public static BatchStatement ofRows(PreparedStatement statement, StatementSink sink, int rows, int width) {
		return new BatchStatement(statement, sink, rows, width);
	}

	@Override
	public RowSink beginRow() {
		this.sink.continueAfter((this.rows > 0) ? this.ended * this.width : 0);
		return this.sink;
	}

	@Override
	public void endRow() throws SQLException {
		this.ended++;
		if (this.rows == 0) {
			this.statement.addBatch();
		}
	}

	@Override
	public boolean execute() throws SQLException {
		if (this.rows == 0) {
			this.statement.executeBatch();
			return true;
		}
		if (this.ended < this.rows) {
			return false;
		}
		this.statement.executeUpdate();
		return true;
	}

	@Override
	public void close() throws SQLException {
		this.statement.close();
	}

}
