package io.deltasync.jdbc.dialect;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.regex.Pattern;

import io.deltasync.api.TargetUnavailableException;

/**
 * Describes a failed write: where it failed, in the words of the database, and whether
 * the target itself is in the way, so that no record could be written.
 */
public final class WriteFailure {

	private static final Set<Integer> PRIVILEGES = Set.of(1044, 1142, 1143, 1227, 1370, 90096);

	private static final Set<Integer> READ_ONLY = Set.of(1036, 1290, 1792, 1836, 90097);

	private static final Set<Integer> SPACE = Set.of(1021, 1030, 1114, 90028, 90031);

	private static final Set<Integer> ACCOUNT = Set.of(1045, 1226, 1820, 1862, 3118, 4151);

	/** Access refused, and statements that do not fit the table or its transaction. */
	private static final Set<String> CLASSES = Set.of("25", "28", "42");

	/** What drivers add: the whole statement, and a number of the connection. */
	private static final Pattern ADDED = Pattern.compile("(?s)^\\(conn=\\d+\\) |; SQL statement:\\R.*$");

	private WriteFailure() {
	}

	/**
	 * Describes what a write threw.
	 * @param table where to
	 * @param ex what was thrown, outside of what single records are refused for
	 * @return what to throw; the same where the connection is at fault, or where the
	 * failure may pass
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
			return "let the database and the table be writable, or name another connection";
		}
		if (SPACE.contains(code)) {
			return "make room at the database";
		}
		return ACCOUNT.contains(code) ? "correct the account of the connection, or its limits"
				: "correct the table, the account or the Link";
	}

	/** The database's own words, without the statement and what else drivers add. */
	public static String words(SQLException ex) {
		return ADDED.matcher(String.valueOf(ex.getMessage())).replaceAll("").strip();
	}

}
