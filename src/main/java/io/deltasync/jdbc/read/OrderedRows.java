package io.deltasync.jdbc.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * Streams the rows of a range in its order, by a key of whole numbers. Confined to one
 * thread.
 */
final class OrderedRows implements AutoCloseable {

	private final ColumnReader[] readers;

	/** The positions of the key's columns, in its order. */
	private final int[] key;

	/** The key of the row. */
	private final long[] current;

	private final Session session;

	private final ResultSet rows;

	private final ReadAhead readAhead;

	private boolean atEnd;

	/** Whether the row lies behind the end that was last asked for. */
	private boolean kept;

	/**
	 * Starts to read.
	 * @param columns the columns to read
	 * @param readers their readers
	 * @param key the positions of the key among them
	 * @param fetchSize the configured number of rows that the driver reads ahead; null if
	 * there is none
	 */
	OrderedRows(DataSource database, Table table, RangeQuery query, List<Column> columns, ColumnReader[] readers,
			int[] key, @Nullable Integer fetchSize) throws SQLException {
		this.readers = readers;
		this.key = key;
		this.current = new long[key.length];
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

	/**
	 * Moves to the next row, unless the next one does not lie before an end. Then that
	 * stays the next one.
	 * @param end the key of the first row behind the end; null if all rows lie before it
	 * @return whether there is such a row
	 * @throws SQLException if it cannot be read
	 */
	boolean next(long @Nullable [] end) throws SQLException {
		if (!this.atEnd && !this.kept) {
			this.readAhead.endRow(this.rows);
			this.atEnd = !this.rows.next();
			for (int i = 0; i < this.key.length && !this.atEnd; i++) {
				this.current[i] = (Long) Objects.requireNonNull(value(this.key[i]));
			}
		}
		this.kept = !this.atEnd && end != null && Arrays.compare(this.current, end) >= 0;
		return !this.atEnd && !this.kept;
	}

	/** Compares the key of the row with that of another one. */
	int compareKey(OrderedRows other) {
		return Arrays.compare(this.current, other.current);
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
