package io.deltasync.jdbc.dialect;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Classifies failures by the exception's class and the SQL states of the standard. */
public final class SqlStates {

	/** Integrity violations, data errors and signals of triggers. */
	private static final Set<String> RECORD = Set.of("21", "22", "23", "44", "45");

	private SqlStates() {
	}

	/** Returns the meaning of a failure. */
	public static Failure failure(SQLException ex) {
		if (isOutage(ex)) {
			return Failure.TRANSIENT;
		}
		String type = type(ex);
		if (RECORD.contains(type)) {
			return Failure.RECORD;
		}
		return switch (type) {
			case "28" -> Failure.ACCOUNT;
			case "25" -> Failure.READ_ONLY;
			case "42" -> Failure.STATEMENT;
			case "53" -> Failure.SPACE;
			default -> Failure.OTHER;
		};
	}

	/**
	 * Returns an exception that everybody recognises as transient: the given one, or one
	 * with its state and code if only its dialect knows.
	 */
	public static SQLException asTransient(SQLException ex, String message) {
		return isOutage(ex) ? ex : new SQLTransientException(message, ex.getSQLState(), ex.getErrorCode(), ex);
	}

	private static boolean isOutage(SQLException ex) {
		return ex instanceof SQLTransientException || ex instanceof SQLRecoverableException
				|| ex instanceof SQLNonTransientConnectionException || (ex.getSQLState() != null
						&& (ex.getSQLState().startsWith("08") || ex.getSQLState().startsWith("40")));
	}

	/** Returns the class of the SQL state, two characters; empty if there is none. */
	public static String type(SQLException ex) {
		String state = ex.getSQLState();
		return (state != null && state.length() == 5) ? state.substring(0, 2) : "";
	}

}
