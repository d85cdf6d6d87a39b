package io.deltasync.simulation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Who writes to a source: an open transaction, where the source is a table a real one.
 */
final class Writer {

	private final @Nullable SourceTable table;

	private final @Nullable Connection connection;

	private final Instant begun;

	private final long firstNumber;

	/** From keys to versions; null: deleted. */
	private final Map<Integer, @Nullable Long> changes = new TreeMap<>();

	private final Map<Integer, Instant> written = new HashMap<>();

	/**
	 * Begins.
	 * @param table where it writes, or null
	 * @param begun when, by the source's clock
	 * @param firstNumber the lowest number that its rows may bear
	 */
	Writer(@Nullable SourceTable table, Instant begun, long firstNumber) {
		this.table = table;
		this.connection = (table != null) ? table.begin() : null;
		this.begun = begun;
		this.firstNumber = firstNumber;
	}

	Instant begun() {
		return this.begun;
	}

	long firstNumber() {
		return this.firstNumber;
	}

	Map<Integer, @Nullable Long> changes() {
		return this.changes;
	}

	Instant written(int key) {
		return this.written.get(key);
	}

	boolean locks(int key) {
		return this.changes.containsKey(key);
	}

	/** Whether a row is there, as this transaction sees it. */
	boolean holds(int key, boolean committed) {
		return this.changes.containsKey(key) ? this.changes.get(key) != null : committed;
	}

	void write(int key, long version, Instant now, long number) {
		this.changes.put(key, version);
		this.written.put(key, now);
		if (this.table != null) {
			this.table.write(this.connection, key, version, now, number);
		}
	}

	void delete(int key) {
		this.changes.put(key, null);
		if (this.table != null) {
			this.table.delete(this.connection, key);
		}
	}

	void end(boolean commit) {
		if (this.connection == null) {
			return;
		}
		try (Connection closing = this.connection) {
			if (commit) {
				closing.commit();
			}
			else {
				closing.rollback();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return this.changes.toString();
	}

}
