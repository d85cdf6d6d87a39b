package io.deltasync.jdbc.dialect;

import java.sql.SQLException;
import java.util.regex.Pattern;

import io.deltasync.api.TargetUnavailableException;

/**
 * Classifies a failed write: a failure of the target, which affects every record, or a
 * refusal of the record. Adds the table and quotes the database's message.
 */
public final class WriteFailure {

	/** Additions of drivers: the connection's number and the whole statement. */
	private static final Pattern ADDED = Pattern.compile("(?s)^\\(conn=\\d+\\) |; SQL statement:\\R.*$");

	private WriteFailure() {
	}

	/**
	 * Converts the exception of a failed write.
	 * @param table the target table
	 * @param ex the exception of the driver
	 * @return the exception to throw; a transient one for failures of the connection and
	 * for transient failures
	 * @throws TargetUnavailableException when no record could be written
	 */
	public static SQLException of(Table table, SQLException ex) {
		Failure failure = table.dialect().failure(ex);
		if (failure == Failure.TRANSIENT) {
			return SqlStates.asTransient(ex, words(ex));
		}
		if (failure.isOfTarget()) {
			throw new TargetUnavailableException(
					"Writing to %s fails, whatever the record: %s; %s, then restart the run".formatted(table, words(ex),
							remedy(failure)),
					ex);
		}
		SQLException described = new SQLException("%s refuses it: %s".formatted(table, words(ex)), ex.getSQLState(),
				ex.getErrorCode());
		described.addSuppressed(ex);
		return described;
	}

	private static String remedy(Failure failure) {
		return switch (failure) {
			case PRIVILEGE -> "grant the account of the connection SELECT, INSERT, UPDATE and DELETE on the table";
			case READ_ONLY -> "make the database and the table writable, or name another connection";
			case SPACE -> "free disk space at the database";
			case ACCOUNT -> "correct the account of the connection, or its limits";
			default -> "correct the table, the account or the Link";
		};
	}

	/** Returns the database's own message without the additions of drivers. */
	public static String words(SQLException ex) {
		return ADDED.matcher(String.valueOf(ex.getMessage())).replaceAll("").strip();
	}

}
