package io.deltasync.jdbc.duckdb;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.jdbc.dialect.BufferedRow;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.value.RowSink;

/**
 * Writes rows by one statement. Of two rows with one key, DuckDB would silently keep the
 * first, so the statement is made for the last ones alone.
 */
final class DuckDbRows implements RowStatement {

	private final Preparation preparation;

	private final int[] key;

	private final List<BufferedRow> rows = new ArrayList<>();

	private BufferedRow current = new BufferedRow();

	/**
	 * Creates the statement.
	 * @param preparation prepares an upsert
	 * @param key the positions of the key among the values, from 0; empty if texts that
	 * differ may be one key
	 */
	DuckDbRows(Preparation preparation, int[] key) {
		this.preparation = preparation;
		this.key = key;
	}

	@Override
	public RowSink beginRow() {
		this.current = new BufferedRow();
		return this.current;
	}

	@Override
	public void endRow() {
		this.rows.add(this.current);
	}

	@Override
	public boolean execute() throws SQLException {
		if (this.key.length == 0) {
			for (BufferedRow row : this.rows) {
				execute(List.of(row));
			}
			return true;
		}
		Map<List<Object>, Integer> last = new HashMap<>();
		for (int i = 0; i < this.rows.size(); i++) {
			last.put(this.rows.get(i).comparable(this.key), i);
		}
		execute(last.values().stream().sorted().map(this.rows::get).toList());
		return true;
	}

	private void execute(List<BufferedRow> distinct) throws SQLException {
		try (PreparedStatement statement = this.preparation.prepare(distinct.size())) {
			RowSink sink = new DuckDbSink(statement);
			for (BufferedRow row : distinct) {
				row.writeAll(sink);
			}
			statement.executeUpdate();
		}
	}

	@Override
	public void close() {
		// each statement is closed after its execution
	}

	/** Prepares an upsert of a number of rows. */
	interface Preparation {

		PreparedStatement prepare(int rows) throws SQLException;

	}

}
