package io.deltasync.jdbc.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * Streams the rows of a range in its order. Confined to one thread.
 */
final class OrderedRows implements AutoCloseable {

	private final ColumnReader[] readers;

	private final Session session;

	private final ResultSet rows;

	private final ReadAhead readAhead;

	private boolean atEnd;

	/**
	 * Starts to read.
	 * @param columns the columns to read
	 * @param readers their readers
	 * @param fetchSize the configured number of rows that the driver reads ahead; null if
	 * there is none
	 */
	OrderedRows(DataSource database, Table table, RangeQuery query, List<Column> columns, ColumnReader[] readers,
			@Nullable Integer fetchSize) throws SQLException {
		this.readers = readers;
		this.readAhead = new ReadAhead(table.dialect(), columns, fetchSize);
		this.session = Session.forReading(database, table.dialect(), table.has(ColumnType.INSTANT));
		try {
			this.rows = query.stream(this.session.connection(), columns.stream().map(table.dialect()::reading).toList(),
					this.readAhead.rows());
		}
		catch (SQLException | RuntimeException ex) {
			this.session.close();
			throw ex;
		}
	}

	/** Moves to the next row; returns false after the last. */
	boolean next() throws SQLException {
		if (!this.atEnd) {
			this.readAhead.endRow(this.rows);
			this.atEnd = !this.rows.next();
		}
		return !this.atEnd;
	}

	/** Returns a value of the row. */
	@Nullable Object value(int column) throws SQLException {
		Object value = this.readers[column].read(this.rows, column + 1);
		this.readAhead.take(value);
		return value;
	}

	@Override
	public void close() throws SQLException {
		this.session.close(this.rows, this.atEnd);
	}

}
