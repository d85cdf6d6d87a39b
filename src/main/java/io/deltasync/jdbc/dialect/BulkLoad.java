package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A way to write many rows of a table faster than by upserts, with the same result.
 * Confined to one thread.
 */
public interface BulkLoad {

	/**
	 * Checks that server and account permit it, without writing.
	 * @throws io.deltasync.api.AbortRunException if they do not
	 */
	void check(Connection connection) throws SQLException;

	/**
	 * Begins a load within the transaction of a connection.
	 * @return receives the rows; its execution returns false if a row's values cannot be
	 * loaded exactly
	 */
	RowStatement begin(Connection connection) throws SQLException;

}
