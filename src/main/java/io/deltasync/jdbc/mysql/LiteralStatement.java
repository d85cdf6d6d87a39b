package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.value.RowSink;

/**
 * Writes rows by one statement without parameters.
 */
final class LiteralStatement implements RowStatement {

	private final Connection connection;

	private final LiteralRows literals;

	private final String end;

	/** The number of rows that this statement is made for. */
	private final int rows;

	private int ended;

	/**
	 * Creates a statement.
	 * @param beginning the part before the first row
	 * @param end the part after the last row
	 * @param columns the number of values in a row
	 */
	LiteralStatement(Connection connection, String beginning, String end, int rows, int columns) {
		this.connection = connection;
		this.literals = new LiteralRows(connection, beginning, rows * columns);
		this.end = end;
		this.rows = rows;
	}

	@Override
	public RowSink beginRow() {
		this.literals.beginRow();
		return this.literals;
	}

	@Override
	public void endRow() {
		this.literals.endRow();
		this.ended++;
	}

	@Override
	public boolean execute() throws SQLException {
		if (this.ended < this.rows) {
			return false;
		}
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.executeUpdate(this.literals.statement(this.end));
		}
		return true;
	}

	@Override
	public void close() {
		// the statement lives no longer than its execution
	}

}
