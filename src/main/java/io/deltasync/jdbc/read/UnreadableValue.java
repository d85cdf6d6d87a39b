package io.deltasync.jdbc.read;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.DateTimeException;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.value.Column;

/**
 * Describes values that a driver cannot convert, such as zero dates. The rows after them
 * can still be read.
 */
final class UnreadableValue {

	private UnreadableValue() {
	}

	/**
	 * Adds the column to an exception of the driver.
	 * @return a {@link SQLDataException} if only the value is at fault
	 */
	static SQLException of(Dialect dialect, Column column, SQLException ex) {
		String state = ex.getSQLState();
		boolean value = ex instanceof SQLDataException || dialect.failure(ex).isOfRecord();
		return value ? new SQLDataException(message(column, ex), state, ex.getErrorCode(), ex)
				: new SQLException(message(column, ex), state, ex.getErrorCode(), ex);
	}

	/**
	 * Adds the column to the exception that drivers throw for dates such as 31 February.
	 */
	static SQLException of(Column column, DateTimeException ex) {
		return new SQLDataException(message(column, ex), "22007", ex);
	}

	private static String message(Column column, Exception ex) {
		return "Column '%s' (%s) cannot be read: %s".formatted(column.name(), column.typeName(), ex.getMessage());
	}

}
