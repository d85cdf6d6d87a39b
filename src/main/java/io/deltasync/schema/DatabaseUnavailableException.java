package io.deltasync.schema;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Set;

import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.config.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/**
 * Thrown when no connection can be opened to a database that is needed at start. Its exit
 * code shows whether waiting helps: yes if the embedded database is in use (6) or the
 * server does not respond (5), no if the login is refused (4).
 */
public class DatabaseUnavailableException extends LaunchException {

	private static final long serialVersionUID = 1L;

	/** H2: "Database may be already in use". */
	private static final int H2_IN_USE = 90020;

	/** SQLSTATE class 08 is "connection exception", 28 "invalid authorization". */
	private static final String CONNECTION = "08";

	private static final String AUTHORIZATION = "28";

	/** H2 cannot write, or was closed because of that; the state is the code. */
	private static final Set<String> H2_UNUSABLE = Set.of("90028", "90031", "90067", "90097", "90098", "90121");

	/** MySQL and MariaDB: disk full, read-only, shutting down, killed. */
	private static final Set<Integer> SERVER_UNUSABLE = Set.of(1021, 1053, 1290, 1836, 1927);

	/**
	 * PostgreSQL: read-only, session ended while idle, too few resources such as space on
	 * the disk, shutting down or starting, errors of the operating system.
	 */
	private static final List<String> POSTGRESQL_UNUSABLE = List.of("25006", "25P03", "53", "57P", "58");

	/** Missing privileges of the account, on MySQL, MariaDB and H2. */
	private static final Set<Integer> PRIVILEGES = Set.of(1044, 1142, 1143, 1227, 1370, 90096);

	/** The same on PostgreSQL. */
	private static final String PRIVILEGE = "42501";

	/** The operating systems' messages about a file that cannot be written. */
	private static final List<String> DISK = List.of("No space left on device", "Read-only file system",
			"File too large", "Disk quota exceeded");

	/** The pool's message about a connection that has just been lost. */
	private static final String BROKEN = "Connection is closed";

	private DatabaseUnavailableException(ExitCode exitCode, String message, String remedy, @Nullable Throwable cause) {
		super(exitCode.value(), message, remedy, cause);
	}

	/**
	 * Creates the exception for an error while connecting.
	 * @param database names the database at the start of a sentence
	 * @param thrown the error; its innermost SQLException determines the reason
	 * @return the exception to throw
	 */
	public static DatabaseUnavailableException of(String database, Throwable thrown) {
		SQLException reason = innermost(thrown);
		if (reason != null && reason.getErrorCode() == H2_IN_USE) {
			return new DatabaseUnavailableException(ExitCode.BUSY,
					database + " is in use: an embedded database serves one process at a time.",
					"Wait until the other process has ended. Commands go through a 'serve' if its console is on and the same user started it. "
							+ "To run several at a time store the Sync Events in PostgreSQL or MySQL, with the profile 'postgresql' or 'mysql'.",
					thrown);
		}
		String described = describe((reason != null) ? reason : thrown);
		String text = Secrets.mask(described);
		Throwable cause = text.equals(described) ? thrown : null;
		if (reason != null && startsWith(reason, AUTHORIZATION)) {
			return new DatabaseUnavailableException(ExitCode.CONFIGURATION, database + " refuses the login: " + text,
					"Correct the user name and the password.", cause);
		}
		if (reason != null && isPrivilegeMissing(reason)) {
			return new DatabaseUnavailableException(ExitCode.CONFIGURATION,
					database + " denies the account a necessary privilege: " + text,
					"Grant the account all privileges on that database. One that may not create tables needs another "
							+ "account to run the command 'migrate' first.",
					cause);
		}
		return new DatabaseUnavailableException(ExitCode.ABORTED, database + " is not available: " + text,
				"Start it, or correct its URL. Nothing was run.", cause);
	}

	/**
	 * Creates the exception for an error while the JobRepository was used.
	 * @param url the URL of its database; null where it is not known
	 * @param password the password, which is not shown; or null
	 * @param thrown the error
	 * @return the exception to throw
	 */
	public static DatabaseUnavailableException ofRepository(@Nullable String url, @Nullable String password,
			Throwable thrown) {
		return of("The database of the JobRepository (%s)"
			.formatted((url != null) ? Secrets.mask(url, password) : "spring.datasource"), thrown);
	}

	/**
	 * Creates the exception for an error while the JobRepository was used.
	 * @param environment the configuration of the JobRepository's database
	 * @param thrown the error
	 * @return the exception to throw
	 */
	public static DatabaseUnavailableException ofRepository(Environment environment, Throwable thrown) {
		return ofRepository(environment.getProperty("spring.datasource.url"),
				environment.getProperty("spring.datasource.password"), thrown);
	}

	/**
	 * Whether an error was caused by a database that is unavailable, full or read-only,
	 * or that denies the account a necessary privilege.
	 * @param thrown the error, whose causes are searched too
	 * @return false for any other error
	 */
	public static boolean isCauseOf(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if ((cause instanceof SQLException sql && isUnavailable(sql)) || isDiskUnusable(cause)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isDiskUnusable(Throwable thrown) {
		String message = thrown.getMessage();
		return thrown instanceof IOException && message != null && DISK.stream().anyMatch(message::contains);
	}

	/**
	 * Whether an error means that a database cannot be used at all, rather than that it
	 * refused a statement.
	 * @param exception the exception of a driver or a pool
	 * @return true if there is no connection, or nothing can be stored
	 */
	static boolean isUnavailable(SQLException exception) {
		return BROKEN.equals(exception.getMessage()) || isPrivilegeMissing(exception)
				|| POSTGRESQL_UNUSABLE.stream().anyMatch((state) -> startsWith(exception, state))
				|| H2_UNUSABLE.contains(String.valueOf(exception.getSQLState()))
				|| ("HY000".equals(exception.getSQLState()) && SERVER_UNUSABLE.contains(exception.getErrorCode()))
				|| exception instanceof SQLTransientConnectionException
				|| exception instanceof SQLNonTransientConnectionException || startsWith(exception, CONNECTION);
	}

	private static boolean isPrivilegeMissing(SQLException exception) {
		return PRIVILEGES.contains(exception.getErrorCode()) || startsWith(exception, PRIVILEGE);
	}

	private static boolean startsWith(SQLException exception, String stateClass) {
		return exception.getSQLState() != null && exception.getSQLState().startsWith(stateClass);
	}

	/**
	 * Returns the innermost SQLException, because the driver's exception says more than
	 * the pool's.
	 */
	private static @Nullable SQLException innermost(Throwable thrown) {
		SQLException innermost = null;
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException exception) {
				innermost = exception;
			}
		}
		return innermost;
	}

	/** Returns the driver's message, and the operating system's message below it. */
	private static String describe(Throwable thrown) {
		String text = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(thrown);
		if (cause instanceof EOFException) {
			return text + ": the file has been cut off, or is no database";
		}
		String root = cause.getMessage();
		if (root == null || root.startsWith(text)) {
			return text;
		}
		return text + ((cause instanceof UnknownHostException) ? ": unknown host " : ": ") + root;
	}

}
