package io.deltasync.jdbc.write;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.temporal.Temporal;

/**
 * Takes the values of a row, in the order of its columns, in one of the forms that
 * {@link ColumnWriter}s bring them into.
 */
interface RowSink {

	void addNull() throws SQLException;

	void add(String text) throws SQLException;

	void add(long number) throws SQLException;

	void add(double number) throws SQLException;

	void add(BigDecimal number) throws SQLException;

	void add(boolean truth) throws SQLException;

	void add(byte[] bytes) throws SQLException;

	void add(Temporal time) throws SQLException;

	/** Takes what only the driver understands. */
	void addObject(Object object) throws SQLException;

}
