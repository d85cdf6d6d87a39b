package io.deltasync.jdbc.read;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;

import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.WriteFailure;

/**
 * Adds the table and the remedy to an exception of a read.
 */
final class ReadFailure {

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
		if (table.dialect().failure(ex) == Failure.TIME_LIMIT) {
			return new SQLTimeoutException(
					("Reading %s took longer than the server allows (%s); raise the time limit of the server, the "
							+ "account or the URL, or create an index for this query")
						.formatted(table, WriteFailure.words(ex)),
					ex.getSQLState(), ex.getErrorCode(), ex);
		}
		String message = "Reading %s failed: %s".formatted(table, WriteFailure.words(ex));
		return (table.dialect().failure(ex) == Failure.TRANSIENT)
				? new SQLTransientException(message, ex.getSQLState(), ex.getErrorCode(), ex)
				: new SQLException(message, ex.getSQLState(), ex.getErrorCode(), ex);
	}

}
