package io.deltasync.jdbc.write;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.value.StoredTimes;
import io.deltasync.jdbc.dialect.Table;
import org.jspecify.annotations.Nullable;

/**
 * Streams the keys of a table's rows. Confined to one thread, and to one pass.
 */
@SuppressWarnings("IterableAndIterator")
final class KeyRows implements Iterable<List<@Nullable Object>>, Iterator<List<@Nullable Object>>, AutoCloseable {

	private final Table table;

	private final ColumnReader[] readers;

	private final Session session;

	private final ResultSet rows;

	private boolean onRow;

	private boolean atEnd;

	KeyRows(Table table, List<Column> columns, Session session, ResultSet rows) {
		this.table = table;
		this.readers = columns.stream()
			.map((column) -> ColumnComparison.reader(table.dialect(), column))
			.toArray(ColumnReader[]::new);
		this.session = session;
		this.rows = rows;
	}

	@Override
	public Iterator<List<@Nullable Object>> iterator() {
		return this;
	}

	@Override
	public boolean hasNext() {
		try {
			this.onRow = this.onRow || (!this.atEnd && this.rows.next());
			this.atEnd = !this.onRow;
			return this.onRow;
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	@Override
	public List<@Nullable Object> next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		this.onRow = false;
		List<@Nullable Object> key = new ArrayList<>(this.readers.length);
		try {
			for (int i = 0; i < this.readers.length; i++) {
				key.add(this.readers[i].read(this.rows, i + 1));
			}
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
		return key;
	}

	private IllegalStateException failed(SQLException ex) {
		return new IllegalStateException("The keys of %s cannot be read: %s".formatted(this.table, ex.getMessage()),
				ex);
	}

	@Override
	public void close() throws SQLException {
		this.session.close(this.rows, this.atEnd);
	}

}
