package io.deltasync.jdbc.dialect;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.regex.Pattern;

import io.deltasync.api.TargetUnavailableException;

/**
 * Classifies a failed write: a failure of the target, which affects every record, or a
 * refusal of the record. Adds the table and quotes the database's message.
 */
public final class WriteFailure {

	private static final Set<Integer> PRIVILEGES = Set.of(1044, 1142, 1143, 1227, 1370, 90096);

	private static final Set<Integer> READ_ONLY = Set.of(1036, 1290, 1792, 1836, 90097);

	private static final Set<Integer> SPACE = Set.of(1021, 1030, 1114, 90028, 90031);

	private static final Set<Integer> ACCOUNT = Set.of(1045, 1226, 1820, 1862, 3118, 4151);

	/** Classes of SQL state: access refused, and statements that do not fit the table. */
	private static final Set<String> CLASSES = Set.of("25", "28", "42");

	/** Additions of drivers: the connection's number and the whole statement. */
	private static final Pattern ADDED = Pattern.compile("(?s)^\\(conn=\\d+\\) |; SQL statement:\\R.*$");

	private WriteFailure() {
	}

	/**
	 * Converts the exception of a failed write.
	 * @param table the target table
	 * @param ex the exception of the driver
	 * @return the exception to throw; the given one for failures of the connection and
	 * for transient failures
	 * @throws TargetUnavailableException when no record could be written
	 */
	public static SQLException of(Table table, SQLException ex) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		if (ex instanceof SQLTransientException || ex instanceof SQLRecoverableException
				|| ex instanceof SQLNonTransientConnectionException || state.startsWith("08")
				|| state.startsWith("40")) {
			return ex;
		}
		if (isOfTarget(ex, state)) {
			throw new TargetUnavailableException(
					"Writing to %s fails, whatever the record: %s; %s, then restart the run".formatted(table, words(ex),
							remedy(ex.getErrorCode())),
					ex);
		}
		SQLException described = new SQLException("%s refuses it: %s".formatted(table, words(ex)), state,
				ex.getErrorCode());
		described.addSuppressed(ex);
		return described;
	}

	private static boolean isOfTarget(SQLException ex, String state) {
		int code = ex.getErrorCode();
		boolean known = PRIVILEGES.contains(code) || READ_ONLY.contains(code) || SPACE.contains(code)
				|| ACCOUNT.contains(code);
		return known || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
	}

	private static String remedy(int code) {
		if (PRIVILEGES.contains(code)) {
			return "grant the account of the connection SELECT, INSERT, UPDATE and DELETE on the table";
		}
		if (READ_ONLY.contains(code)) {
			return "make the database and the table writable, or name another connection";
		}
		if (SPACE.contains(code)) {
			return "free disk space at the database";
		}
		return ACCOUNT.contains(code) ? "correct the account of the connection, or its limits"
				: "correct the table, the account or the Link";
	}

	/** Returns the database's own message without the additions of drivers. */
	public static String words(SQLException ex) {
		return ADDED.matcher(String.valueOf(ex.getMessage())).replaceAll("").strip();
	}

}
