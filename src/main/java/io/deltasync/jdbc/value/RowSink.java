package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.temporal.Temporal;

/**
 * Receives the values of a row in the order of its columns, as the {@link ColumnWriter}s
 * convert them.
 */
public interface RowSink {

	void addNull() throws SQLException;

	void add(String text) throws SQLException;

	void add(long number) throws SQLException;

	void add(double number) throws SQLException;

	void add(BigDecimal number) throws SQLException;

	void add(boolean bool) throws SQLException;

	void add(byte[] bytes) throws SQLException;

	void add(Temporal time) throws SQLException;

	/** Adds a value that is passed to the driver unchanged. */
	void addObject(Object object) throws SQLException;

}
