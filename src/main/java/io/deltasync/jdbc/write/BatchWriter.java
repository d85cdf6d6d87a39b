package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RowLayout;
import io.deltasync.jdbc.dialect.BulkLoad;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.dialect.WriteFailure;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.SentValue;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of one batch in order, as many as possible per statement, in a
 * single transaction. Collects the records that are invalid or that the database refuses.
 * Used for one batch.
 */
final class BatchWriter implements BiConsumer<String, @Nullable Object> {

	/**
	 * With more characters and bytes than this, a statement could exceed the server's
	 * limit. Batches of the driver respect that limit.
	 */
	private static final long MOST_TEXT = 1_000_000;

	private static final int PARTS = 4;

	private final WriteTarget target;

	private final Map<List<Object>, WriteStatement> shapes;

	private final Dialect dialect;

	private final Connection connection;

	private final List<RefusedRecord> refusals = new ArrayList<>();

	/** The rows of the current shape that are not written yet. */
	private final List<BatchRow> rows = new ArrayList<>();

	/** The rows that were written or refused. */
	private final List<BatchRow> done = new ArrayList<>();

	private final Collisions collisions;

	private String[] names = new String[0];

	private @Nullable Object[] values = new @Nullable Object[0];

	private int size;

	private int failed;

	private boolean same;

	private long text;

	private @Nullable RowLayout layout;

	private @Nullable Operation operation;

	private @Nullable WriteStatement shape;

	BatchWriter(WriteTarget target, Map<List<Object>, WriteStatement> shapes, Connection connection) {
		this.target = target;
		this.shapes = shapes;
		this.dialect = target.table().dialect();
		this.connection = connection;
		this.collisions = new Collisions(target, connection);
	}

	void write(RecordInFlight record) throws SQLException {
		@Nullable Object[] row = values(record.properties());
		WriteStatement shape = this.shape;
		if (shape == null || !this.same || record.operation() != this.operation) {
			flush();
			shape = shape(record.operation());
		}
		if (shape.missing() != null) {
			this.refusals.add(new RefusedRecord(record, shape.missing(), true, false));
		}
		else {
			this.text += text(row);
			this.rows.add(new BatchRow(record, shape, row));
		}
	}

	/**
	 * Returns the values of properties, and compares their names with those of the
	 * previous record.
	 */
	private @Nullable Object[] values(Map<String, @Nullable Object> properties) {
		RowLayout current = RowLayout.of(properties);
		if (current != null && current == this.layout) {
			this.same = true;
			return current.values(properties);
		}
		this.layout = current;
		int previous = this.size;
		this.size = 0;
		this.same = true;
		if (current != null) {
			current.names().forEach((name) -> accept(name, null));
		}
		else {
			properties.forEach(this);
		}
		this.same &= this.size == previous;
		return (current != null) ? current.values(properties) : Arrays.copyOf(this.values, this.size);
	}

	private static long text(@Nullable Object[] values) {
		long length = 0;
		for (Object value : values) {
			if (value instanceof String string) {
				length += string.length();
			}
			else if (value instanceof byte[] bytes) {
				length += bytes.length;
			}
			else if (value instanceof SentValue sent && sent.column().type() == ColumnType.TEXT) {
				length += sent.size();
			}
		}
		return length;
	}

	/** Adds a property and compares its name with that of the previous record. */
	@Override
	public void accept(String name, @Nullable Object value) {
		if (this.size == this.names.length) {
			this.names = Arrays.copyOf(this.names, this.size * 2 + 16);
			this.values = Arrays.copyOf(this.values, this.names.length);
		}
		if (this.same && !name.equals(this.names[this.size])) {
			this.same = false;
		}
		this.names[this.size] = name;
		this.values[this.size++] = value;
	}

	private WriteStatement shape(Operation operation) {
		List<String> properties = List.of(Arrays.copyOf(this.names, this.size));
		WriteStatement shape = this.shapes.computeIfAbsent(List.of(operation, properties),
				(key) -> new WriteStatement(this.target, operation, properties));
		this.operation = operation;
		this.shape = shape;
		return shape;
	}

	/**
	 * Writes the remaining rows, and those that collided with rows written later.
	 * @return the records that were not written
	 */
	List<RefusedRecord> finish() throws SQLException {
		flush();
		this.refusals.addAll(this.collisions.resolve(this.done));
		return this.refusals;
	}

	private void flush() throws SQLException {
		WriteStatement shape = this.shape;
		if (shape == null || this.rows.isEmpty()) {
			return;
		}
		if (!load(shape)) {
			write(shape);
		}
		this.done.addAll(this.rows);
		this.rows.clear();
		this.text = 0;
	}

	/** Writes all rows in bulk; returns false when none was written. */
	private boolean load(WriteStatement shape) throws SQLException {
		BulkLoad bulk = shape.bulk();
		if (bulk == null) {
			return false;
		}
		int refusedBefore = this.refusals.size();
		boolean loaded;
		Iterator<BatchRow> unwritten = this.rows.iterator();
		try (RowStatement load = bulk.begin(this.connection)) {
			loaded = load.execute(() -> {
				boolean another = unwritten.hasNext();
				if (another) {
					write(load, unwritten.next());
				}
				return another;
			});
		}
		if (!loaded) {
			// all rows are written again
			this.refusals.subList(refusedBefore, this.refusals.size()).clear();
		}
		return loaded;
	}

	private void write(WriteStatement shape) throws SQLException {
		int together = (this.text <= MOST_TEXT) ? shape.rowsPerStatement() : 1;
		int most = (together > 1) ? together : this.rows.size();
		for (int from = 0; from < this.rows.size(); from += most) {
			write(shape, this.rows.subList(from, Math.min(this.rows.size(), from + most)), together > 1);
		}
	}

	/**
	 * Writes rows, except those that are refused.
	 * @param together whether the statement is made for the number of rows
	 */
	private void write(WriteStatement shape, List<BatchRow> rows, boolean together) throws SQLException {
		List<BatchRow> bound = new ArrayList<>(rows.size());
		Attempt attempt = new Attempt(this.connection, this.dialect);
		try (RowStatement statement = shape.prepare(this.connection, together ? rows.size() : 0)) {
			for (BatchRow row : rows) {
				if (write(statement, row)) {
					bound.add(row);
				}
			}
			if (bound.isEmpty()) {
				return;
			}
			attempt.begin();
			if (statement.execute()) {
				attempt.succeeded();
				return;
			}
		}
		catch (SQLException ex) {
			if (!isOfRecord(ex)) {
				throw ex;
			}
			attempt.failed(ex);
			isolate(shape, bound, together, ex);
			return;
		}
		write(shape, bound, together);
	}

	private boolean isOfRecord(SQLException ex) {
		return this.dialect.failure(ex).isOfRecord();
	}

	/**
	 * Isolates the bad rows of a failed statement and writes the others, within the same
	 * transaction. Splitting into {@value #PARTS} parts needs no more statements than
	 * bisection and repeats fewer rows. If all parts but the last succeed, the last must
	 * contain the bad row, so it is split without another attempt.
	 */
	private void isolate(WriteStatement shape, List<BatchRow> rows, boolean together, SQLException refusal)
			throws SQLException {
		if (rows.size() == 1) {
			this.failed++;
			if (this.collisions.isCollision(refusal)) {
				this.collisions.add(rows.get(0), refusal);
			}
			else {
				this.refusals.add(new RefusedRecord(rows.get(0).record(),
						"%s refuses it: %s".formatted(this.target.table(), WriteFailure.words(refusal)), false,
						this.dialect.failure(refusal) == Failure.PARENT));
			}
			return;
		}
		int parts = Math.min(PARTS, rows.size());
		int failedBefore = this.failed;
		for (int part = 0; part < parts; part++) {
			List<BatchRow> some = rows.subList(rows.size() * part / parts, rows.size() * (part + 1) / parts);
			boolean isBad = part == parts - 1 && this.failed == failedBefore;
			if (isBad && some.size() > 1) {
				isolate(shape, some, together, refusal);
			}
			else {
				write(shape, some, together);
			}
		}
	}

	/** Adds a row to a statement; returns false when it is refused. */
	private boolean write(RowStatement statement, BatchRow row) throws SQLException {
		try {
			row.write(statement.beginRow());
			statement.endRow();
			return true;
		}
		catch (ValueRefusedException ex) {
			this.failed++;
			refuse(row, String.valueOf(ex.getMessage()), ex.isNever());
		}
		catch (SQLException ex) {
			if (!isOfRecord(ex)) {
				throw ex;
			}
			this.failed++;
			refuse(row, "%s refuses it: %s".formatted(this.target.table(), WriteFailure.words(ex)), false);
		}
		return false;
	}

	private void refuse(BatchRow row, String reason, boolean never) {
		this.refusals.add(new RefusedRecord(row.record(), reason, never, false));
	}

}
