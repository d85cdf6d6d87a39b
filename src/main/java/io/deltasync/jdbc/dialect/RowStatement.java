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

	/**
	 * Writes rows, all or none. May send some of them before it asks for the next.
	 * @param rows the rows
	 * @return false if nothing was written and another statement must write them
	 */
	default boolean execute(Rows rows) throws SQLException {
		while (rows.addNext()) {
			// the statement has it
		}
		return execute();
	}

	@Override
	void close() throws SQLException;

	/** Adds rows to a statement, one after the other. */
	@FunctionalInterface
	interface Rows {

		/**
		 * Begins the next row, and ends it unless it is left out.
		 * @return false if there is none
		 */
		boolean addNext() throws SQLException;

	}

}
