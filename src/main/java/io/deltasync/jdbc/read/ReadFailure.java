package io.deltasync.jdbc.read;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;

import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.WriteFailure;

/**
 * Adds the table and the remedy to an exception of a read.
 */
final class ReadFailure {

	/** MySQL's ER_QUERY_TIMEOUT, MariaDB's ER_STATEMENT_TIMEOUT, and H2's. */
	private static final Set<Integer> TIME_LIMITS = Set.of(3024, 1969, 57014);

	private ReadFailure() {
	}

	/**
	 * Describes a failed read.
	 * @param table the table that was read
	 * @param ex the exception of the driver
	 * @return a {@link SQLTimeoutException} if the server's time limit ended the
	 * statement
	 */
	static SQLException of(Table table, SQLException ex) {
		if (TIME_LIMITS.contains(ex.getErrorCode())) {
			return new SQLTimeoutException(
					("Reading %s took longer than the server allows (%s); raise the time limit of the server, the "
							+ "account or the URL, or create an index for this query")
						.formatted(table, WriteFailure.words(ex)),
					ex.getSQLState(), ex.getErrorCode(), ex);
		}
		return new SQLException("Reading %s failed: %s".formatted(table, WriteFailure.words(ex)), ex.getSQLState(),
				ex.getErrorCode(), ex);
	}

}
