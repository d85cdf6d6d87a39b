package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.dialect.WriteFailure;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of a batch that collide with other rows in a unique index. After the
 * rest of the batch, writes the rows that only wait for one another's values, such as two
 * rows that swap them: first all of them release their values. Reports the holder of the
 * value for the others. Used for one batch.
 */
final class Collisions {

	private final WriteTarget target;

	private final Connection connection;

	private final UniqueValues values;

	private final Map<BatchRow, SQLException> found = new LinkedHashMap<>();

	Collisions(WriteTarget target, Connection connection) {
		this.target = target;
		this.connection = connection;
		this.values = new UniqueValues(target, connection);
	}

	/** Whether an error was caused by another row. */
	boolean isCollision(SQLException ex) {
		boolean other = !this.target.table().otherUniqueIndexes(this.target.key()).isEmpty();
		return other && this.target.table().dialect().failure(ex) == Failure.DUPLICATE;
	}

	void add(BatchRow row, SQLException ex) {
		this.found.put(row, ex);
	}

	/**
	 * Writes the rows that can be written after the rest of the batch.
	 * @param batch all rows of the batch, in order
	 * @return the records that are refused, with the reason
	 */
	List<RefusedRecord> resolve(List<BatchRow> batch) throws SQLException {
		if (this.found.isEmpty()) {
			return List.of();
		}
		List<Held> waiting = new ArrayList<>();
		Map<BatchRow, String> reasons = new LinkedHashMap<>();
		LaterVersions later = new LaterVersions(this.target, batch);
		for (Map.Entry<BatchRow, SQLException> one : this.found.entrySet()) {
			reasons.put(one.getKey(), WriteFailure.words(one.getValue()));
			Held held = this.values.holders(one.getKey());
			if (held != null) {
				held.holders()
					.stream()
					.findFirst()
					.ifPresent((holder) -> reasons.put(one.getKey(), holder.description()));
				if (this.target.table().unsafeEngine() == null && !later.has(one.getKey())) {
					waiting.add(held);
				}
			}
		}
		removeHopeless(waiting);
		while (!waiting.isEmpty()) {
			Held failed = write(waiting, reasons);
			if (failed == null) {
				break;
			}
			waiting.remove(failed);
			removeHopeless(waiting);
		}
		waiting.forEach((held) -> reasons.remove(held.row()));
		return reasons.entrySet()
			.stream()
			.map((one) -> new RefusedRecord(one.getKey().record(),
					"%s refuses it: %s".formatted(this.target.table(), one.getValue()), false, true))
			.toList();
	}

	/** Removes the rows that wait for a row which is not written again. */
	private static void removeHopeless(List<Held> waiting) {
		boolean changed = true;
		while (changed) {
			Map<List<String>, BatchRow> releasing = new HashMap<>();
			waiting.stream()
				.filter((held) -> held.own() != null)
				.forEach((held) -> releasing.put(held.own(), held.row()));
			changed = waiting.removeIf((held) -> !held.holders().stream().allMatch((holder) -> {
				BatchRow written = releasing.get(holder.key());
				return written != null && written.shape().hasAll(holder.columns());
			}));
		}
	}

	/**
	 * Writes all rows or none.
	 * @return the row that failed; null when none did
	 */
	private @Nullable Held write(List<Held> rows, Map<BatchRow, String> reasons) throws SQLException {
		Savepoint before = this.connection.setSavepoint();
		Held current = rows.get(0);
		try {
			for (Held held : rows) {
				current = held;
				for (Held.Holder holder : held.holders()) {
					this.values.letGo(holder);
				}
			}
			for (Held held : rows) {
				current = held;
				write(held.row());
			}
			this.connection.releaseSavepoint(before);
			return null;
		}
		catch (ValueRefusedException ex) {
			this.connection.rollback(before);
			reasons.put(current.row(), String.valueOf(ex.getMessage()));
			return current;
		}
		catch (SQLException ex) {
			if (!this.target.table().dialect().failure(ex).isOfRecord()) {
				throw ex;
			}
			this.connection.rollback(before);
			if (!isCollision(ex)) {
				reasons.put(current.row(), WriteFailure.words(ex));
			}
			return current;
		}
	}

	private void write(BatchRow row) throws SQLException, ValueRefusedException {
		try (RowStatement statement = row.shape().prepare(this.connection, 1)) {
			row.write(statement.beginRow());
			statement.endRow();
			statement.execute();
		}
	}

}
