package io.deltasync.launch;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;

import io.deltasync.link.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * Thrown when a database that is needed at start cannot be connected to. Tells apart what
 * waiting helps against (the embedded database is in use: 6; nobody answers: 5) and what
 * it does not (the login is refused: 4).
 */
public class DatabaseUnavailableException extends LaunchException {

	private static final long serialVersionUID = 1L;

	/** H2: "Database may be already in use". */
	private static final int H2_IN_USE = 90020;

	/** SQLSTATE class 08 is "connection exception", 28 "invalid authorization". */
	private static final String CONNECTION = "08";

	private static final String AUTHORIZATION = "28";

	private DatabaseUnavailableException(ExitCode exitCode, String message, String remedy, @Nullable Throwable cause) {
		super(exitCode.value(), message, remedy, cause);
	}

	/**
	 * Makes one out of what was thrown while connecting.
	 * @param database what it is for, to begin a sentence with
	 * @param thrown what was thrown; its innermost SQLException tells the reason
	 * @return what to throw
	 */
	public static DatabaseUnavailableException of(String database, Throwable thrown) {
		SQLException reason = innermost(thrown);
		if (reason != null && reason.getErrorCode() == H2_IN_USE) {
			return new DatabaseUnavailableException(ExitCode.BUSY,
					database + " is in use: an embedded database serves one process at a time.",
					"Wait until the other process has ended. To run several at a time store the Sync Events in MySQL, "
							+ "with the profile 'mysql'.",
					thrown);
		}
		String told = describe((reason != null) ? reason : thrown);
		String text = Secrets.mask(told);
		Throwable cause = text.equals(told) ? thrown : null;
		if (reason != null && startsWith(reason, AUTHORIZATION)) {
			return new DatabaseUnavailableException(ExitCode.CONFIGURATION, database + " refuses the login: " + text,
					"Put user name and password right.", cause);
		}
		return new DatabaseUnavailableException(ExitCode.ABORTED, database + " is not available: " + text,
				"Start it, or put its URL right. Nothing was run.", cause);
	}

	/**
	 * Tells whether a database is not there, rather than refusing a statement.
	 * @param exception what a driver or a pool threw
	 * @return true if there is no connection
	 */
	static boolean isUnavailable(SQLException exception) {
		return exception instanceof SQLTransientConnectionException
				|| exception instanceof SQLNonTransientConnectionException || startsWith(exception, CONNECTION);
	}

	private static boolean startsWith(SQLException exception, String stateClass) {
		return exception.getSQLState() != null && exception.getSQLState().startsWith(stateClass);
	}

	/** The pool's own exception says less than what the driver threw. */
	private static @Nullable SQLException innermost(Throwable thrown) {
		SQLException innermost = null;
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException exception) {
				innermost = exception;
			}
		}
		return innermost;
	}

	/** What the driver says, and what the operating system says below it. */
	private static String describe(Throwable thrown) {
		String text = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
		String root = NestedExceptionUtils.getMostSpecificCause(thrown).getMessage();
		return (root == null || root.startsWith(text)) ? text : text + ": " + root;
	}

}
