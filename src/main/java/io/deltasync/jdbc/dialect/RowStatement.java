package io.deltasync.jdbc.dialect;

import java.sql.SQLException;

import io.deltasync.jdbc.value.RowSink;

/**
 * Writes rows after it has received their values. For a single execution. Confined to one
 * thread.
 */
public interface RowStatement extends AutoCloseable {

	/**
	 * Begins a row. The values of a row that was begun but not ended are discarded.
	 * @return receives the values of the row
	 */
	RowSink beginRow() throws SQLException;

	/** Ends a row, which has a value for each column. */
	void endRow() throws SQLException;

	/**
	 * Writes the rows that were ended, all or none.
	 * @return false if nothing was written and another statement must write them
	 */
	boolean execute() throws SQLException;

	@Override
	void close() throws SQLException;

}
