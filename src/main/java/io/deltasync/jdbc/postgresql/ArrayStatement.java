package io.deltasync.jdbc.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.RowSink;

/**
 * Writes any number of rows with a parameter per column, an array of the column's values.
 */
final class ArrayStatement implements RowStatement {

	/** More characters and bytes than this are sent in several statements. */
	private static final long MOST = 16 << 20;

	private final Connection connection;

	private final PreparedStatement statement;

	private final ArrayRows rows;

	ArrayStatement(Connection connection, String sql, List<Column> columns) throws SQLException {
		this.connection = connection;
		this.statement = connection.prepareStatement(sql);
		this.rows = new ArrayRows(columns);
	}

	@Override
	public RowSink beginRow() {
		this.rows.beginRow();
		return this.rows;
	}

	@Override
	public void endRow() {
		this.rows.endRow();
	}

	@Override
	public boolean execute() throws SQLException {
		int from = 0;
		long size = 0;
		for (int i = 0; i < this.rows.rows(); i++) {
			size += this.rows.size(i);
			if (size > MOST || i == this.rows.rows() - 1) {
				execute(from, i + 1);
				from = i + 1;
				size = 0;
			}
		}
		return true;
	}

	private void execute(int from, int to) throws SQLException {
		Array[] arrays = new Array[this.rows.columns()];
		for (int i = 0; i < arrays.length; i++) {
			arrays[i] = this.connection.createArrayOf(this.rows.type(i).type(), this.rows.values(i, from, to));
			this.statement.setArray(i + 1, arrays[i]);
		}
		this.statement.executeUpdate();
		for (Array array : arrays) {
			array.free();
		}
	}

	@Override
	public void close() throws SQLException {
		this.statement.close();
	}

}
