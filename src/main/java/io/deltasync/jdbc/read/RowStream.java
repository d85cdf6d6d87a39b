package io.deltasync.jdbc.read;

import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RowLayout;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Streams the rows of a range as records. An unreadable value is null in a record with an
 * error; if it belongs to the key, reading fails. Returns its connection at the end of
 * the rows or when it is closed. Confined to one thread, and to one pass.
 */
@SuppressWarnings("IterableAndIterator")
final class RowStream implements Iterable<RecordInFlight>, Iterator<RecordInFlight>, AutoCloseable {

	private final Table table;

	private final Column[] columns;

	private final ColumnReader[] readers;

	private final List<String> key;

	private final RowCondition condition;

	private final @Nullable RowCondition deleted;

	private final DataSource dataSource;

	private final ReadAhead readAhead;

	private KeyRange range;

	private Session session;

	private ResultSet rows;

	private final RowLayout layout;

	/** The values of the row that was read last from the current query. */
	private @Nullable Map<String, @Nullable Object> last;

	/** The record that replaces a row that could not be read. */
	private @Nullable RecordInFlight oversized;

	/** The errors of the row that is being read. */
	private final List<String> errors = new ArrayList<>(1);

	private boolean started;

	private boolean onRow;

	private boolean atEnd;

	private boolean closed;

	RowStream(DataSource dataSource, Table table, List<String> key, JdbcSourceOptions options, KeyRange range)
			throws SQLException {
		List<Column> columns = ReadColumns.of(table, options);
		this.table = table;
		this.key = key;
		this.condition = options.condition();
		this.deleted = options.deletedCondition();
		this.columns = columns.toArray(Column[]::new);
		StoredTimes times = table.dialect().times();
		this.readers = columns.stream()
			.map((column) -> key.contains(column.name()) ? table.dialect().reader(column, times)
					: table.dialect().sentReader(column, times))
			.toArray(ColumnReader[]::new);
		this.layout = new RowLayout(columns.stream().map(Column::name).toList());
		this.dataSource = dataSource;
		this.readAhead = new ReadAhead(table.dialect(), columns, options.fetchSize());
		this.range = range;
		this.session = openSession();
		this.rows = query();
	}

	private Session openSession() throws SQLException {
		return Session.forReading(this.dataSource, this.table.dialect(), this.table.has(ColumnType.INSTANT));
	}

	private ResultSet query() throws SQLException {
		Stream<String> expressions = Stream.of(this.columns).map(this.table.dialect()::reading);
		if (this.deleted != null) {
			expressions = Stream.concat(expressions, Stream.of(this.deleted.flag()));
		}
		try {
			return new RangeQuery(this.table, this.condition, this.range).stream(this.session.connection(),
					expressions.toList(), this.readAhead.rows());
		}
		catch (SQLException ex) {
			closeAfter(this.session, ex);
			throw ReadFailure.of(this.table, ex);
		}
		catch (RuntimeException ex) {
			closeAfter(this.session, ex);
			throw ex;
		}
	}

	@Override
	public Iterator<RecordInFlight> iterator() {
		if (this.started) {
			throw new IllegalStateException("The rows of %s can be read once only".formatted(this.table));
		}
		this.started = true;
		return this;
	}

	@Override
	public boolean hasNext() {
		if (this.oversized != null) {
			return true;
		}
		if (this.onRow || this.closed) {
			return this.onRow;
		}
		try {
			this.onRow = this.rows.next();
			if (!this.onRow) {
				this.atEnd = true;
				close();
			}
			return this.onRow;
		}
		catch (SQLException ex) {
			if (this.table.dialect().oversizedRemedy(ex) == null) {
				throw failed(ex);
			}
			skip(ex);
			return true;
		}
	}

	/**
	 * Replaces a row that is too large by a record with an error, so that it does not
	 * block the rows after it. Needs a new session, because the old one is still
	 * receiving the row.
	 */
	private void skip(SQLException ex) {
		try {
			this.session.abandon();
			this.session = openSession();
			OversizedRow row = OversizedRow.after(this.session.connection(), this.table, this.condition, this.range,
					this.key, this.last);
			if (row == null) {
				throw ex;
			}
			this.oversized = oversized(row.key(), ex);
			if (row.rest() != null) {
				this.range = row.rest();
				this.last = null;
				this.rows = query();
			}
			else {
				this.closed = true;
				this.session.close();
			}
		}
		catch (SQLException failure) {
			throw failed(failure);
		}
	}

	private RecordInFlight oversized(Map<String, @Nullable Object> keyValues, SQLException ex) {
		@Nullable Object[] values = new @Nullable Object[this.columns.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = keyValues.get(this.columns[i].name());
		}
		RecordInFlight record = new RecordInFlight(this.layout.row(values)).identifiedBy(this.key);
		record.addError("The row of %s is larger than its connection takes: %s %s".formatted(this.table,
				ex.getMessage(), this.table.dialect().oversizedRemedy(ex)));
		return record;
	}

	@Override
	public RecordInFlight next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		RecordInFlight inPlace = this.oversized;
		if (inPlace != null) {
			this.oversized = null;
			return inPlace;
		}
		this.onRow = false;
		@Nullable Object[] values = new @Nullable Object[this.columns.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = read(i);
			this.readAhead.take(values[i]);
		}
		endRow();
		Map<String, @Nullable Object> properties = this.layout.row(values);
		this.last = properties;
		RecordInFlight record = new RecordInFlight(properties, operation()).identifiedBy(this.key);
		if (!this.errors.isEmpty()) {
			this.errors.forEach(record::addError);
			this.errors.clear();
		}
		return record;
	}

	private Operation operation() {
		try {
			return (this.deleted != null && this.rows.getInt(this.columns.length + 1) == 1) ? Operation.DELETE
					: Operation.UPSERT;
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	private void endRow() {
		try {
			this.readAhead.endRow(this.rows);
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	private @Nullable Object read(int i) {
		try {
			return this.readers[i].read(this.rows, i + 1);
		}
		catch (SQLException ex) {
			addError(this.columns[i], UnreadableValue.of(this.table.dialect(), this.columns[i], ex));
		}
		catch (DateTimeException ex) {
			addError(this.columns[i], UnreadableValue.of(this.columns[i], ex));
		}
		return null;
	}

	/** A record without its complete key could not be identified, so reading fails. */
	private void addError(Column column, SQLException ex) {
		if (!(ex instanceof SQLDataException) || this.key.contains(column.name())) {
			throw failed(ex);
		}
		this.errors.add("%s; %s".formatted(ex.getMessage(), this.table.dialect().remedy(column, ex)));
	}

	private RuntimeException failed(SQLException ex) {
		ReadException failure = new ReadException(ReadFailure.of(this.table, ex));
		closeAfter(this, failure);
		return failure;
	}

	@Override
	public void close() throws SQLException {
		if (!this.closed) {
			this.closed = true;
			this.onRow = false;
			this.session.close(this.rows, this.atEnd);
		}
	}

	private static void closeAfter(AutoCloseable closeable, Exception ex) {
		try {
			closeable.close();
		}
		catch (Exception closing) {
			ex.addSuppressed(closing);
		}
	}

}
