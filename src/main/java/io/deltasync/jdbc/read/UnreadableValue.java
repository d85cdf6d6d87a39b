package io.deltasync.jdbc.read;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.DateTimeException;

import io.deltasync.jdbc.dialect.Column;

/**
 * Values that a driver cannot make anything of, such as dates of zeros. The rows behind
 * them can be read all the same.
 */
final class UnreadableValue {

	/** Where Connector/J puts dates of zeros. */
	private static final String ILLEGAL_ARGUMENT = "S1009";

	private UnreadableValue() {
	}

	/**
	 * Says of which column a value could not be read.
	 * @return a {@link SQLDataException} when that is the fault of the value alone
	 */
	static SQLException of(Column column, SQLException ex) {
		String state = ex.getSQLState();
		boolean value = ex instanceof SQLDataException
				|| (state != null && (state.startsWith("22") || state.equals(ILLEGAL_ARGUMENT)));
		return value ? new SQLDataException(message(column, ex), state, ex.getErrorCode(), ex)
				: new SQLException(message(column, ex), state, ex.getErrorCode(), ex);
	}

	/** The same of what drivers hand on when they meet 31 February. */
	static SQLException of(Column column, DateTimeException ex) {
		return new SQLDataException(message(column, ex), "22007", ex);
	}

	private static String message(Column column, Exception ex) {
		return "Column '%s' (%s) cannot be read: %s".formatted(column.name(), column.typeName(), ex.getMessage());
	}

}
