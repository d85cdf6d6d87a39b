package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.dialect.BulkSql;
import io.deltasync.jdbc.dialect.ValueRefusedException;
import io.deltasync.jdbc.dialect.WriteFailure;
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

	private final LoadDataBuffer file;

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

	private long textOfRecord;

	private @Nullable Operation operation;

	private @Nullable WriteStatement shape;

	BatchWriter(WriteTarget target, Map<List<Object>, WriteStatement> shapes, LoadDataBuffer file,
			Connection connection) {
		this.target = target;
		this.shapes = shapes;
		this.file = file;
		this.connection = connection;
		this.collisions = new Collisions(target, connection);
	}

	void write(RecordInFlight record) throws SQLException {
		int previous = this.size;
		this.size = 0;
		this.textOfRecord = 0;
		this.same = true;
		record.properties().forEach(this);
		WriteStatement shape = this.shape;
		if (shape == null || !this.same || this.size != previous || record.operation() != this.operation) {
			flush();
			shape = shape(record.operation());
		}
		if (shape.missing() != null) {
			this.refusals.add(new RefusedRecord(record, shape.missing(), true, false));
		}
		else {
			this.text += this.textOfRecord;
			this.rows.add(new BatchRow(record, shape, Arrays.copyOf(this.values, this.size)));
		}
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
		if (value instanceof String string) {
			this.textOfRecord += string.length();
		}
		else if (value instanceof byte[] bytes) {
			this.textOfRecord += bytes.length;
		}
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
		BulkSql bulk = shape.bulk();
		if (bulk == null) {
			return false;
		}
		int refusedBefore = this.refusals.size();
		boolean loaded;
		try (BulkLoad load = BulkLoad.begin(this.connection, bulk, this.file)) {
			for (BatchRow row : this.rows) {
				if (write(this.file, row)) {
					this.file.endRow();
				}
				else {
					this.file.dropRow();
				}
				if (this.file.isFull()) {
					load.send();
				}
			}
			load.send();
			loaded = load.merge();
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
	 * @param together whether one statement writes all rows; otherwise each row has its
	 * own
	 */
	private void write(WriteStatement shape, List<BatchRow> rows, boolean together) throws SQLException {
		List<BatchRow> bound = new ArrayList<>(rows.size());
		try (PreparedStatement statement = this.connection.prepareStatement(shape.sql(together ? rows.size() : 1))) {
			StatementSink values = new StatementSink(statement, this.target.table().dialect());
			for (BatchRow row : rows) {
				values.beginRowAfter(together ? bound.size() * shape.width() : 0);
				if (write(values, row)) {
					bound.add(row);
					if (!together) {
						statement.addBatch();
					}
				}
			}
			if (bound.isEmpty()) {
				return;
			}
			if (!together || bound.size() == rows.size()) {
				execute(statement, together);
				return;
			}
		}
		catch (SQLException ex) {
			if (!RefusedRecord.isOf(ex)) {
				throw ex;
			}
			isolate(shape, bound, together, ex);
			return;
		}
		write(shape, bound, together);
	}

	private static void execute(PreparedStatement statement, boolean together) throws SQLException {
		if (together) {
			statement.executeUpdate();
		}
		else {
			statement.executeBatch();
		}
	}

	/**
	 * Isolates the bad rows of a failed statement and writes the others, within the same
	 * transaction, because a failed statement undoes only its own changes. Splitting into
	 * {@value #PARTS} parts needs no more statements than bisection and repeats fewer
	 * rows. If all parts but the last succeed, the last must contain the bad row, so it
	 * is split without another attempt.
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
						RefusedRecord.isCausedByOtherRecords(refusal)));
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

	private boolean write(RowSink into, BatchRow row) throws SQLException {
		try {
			row.write(into);
			return true;
		}
		catch (ValueRefusedException ex) {
			this.failed++;
			refuse(row, String.valueOf(ex.getMessage()), ex.isNever());
		}
		catch (SQLException ex) {
			if (!RefusedRecord.isOf(ex)) {
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
