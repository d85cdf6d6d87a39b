package io.deltasync.run.retry;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.deltasync.api.AbortRunException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;

/**
 * Tells a failure that may be gone the next time from one that will not: an
 * {@link ConnectionFailures}, a lock that somebody else held, a read that took too long.
 */
public final class TransientFailures {

	/** SQLSTATE class 40 is "transaction rollback": a deadlock, for one. */
	private static final String TRANSACTION_ROLLBACK = "40";

	/**
	 * A lock wait timeout, a row that has changed since it was read, and a lock that
	 * NOWAIT did not get. For these MariaDB's driver, and for the last one MySQL's,
	 * throws no kind of exception that would tell.
	 */
	private static final Set<Integer> LOCK_ERRORS = Set.of(1205, 1020, 3572);

	private static final String GENERAL_ERROR = "HY000";

	private TransientFailures() {
	}

	/**
	 * Looks at what was thrown and at its causes.
	 * @param thrown what an adapter threw
	 * @return true if another attempt may succeed; never for what an adapter itself
	 * aborts the run for
	 */
	public static boolean isTransient(Throwable thrown) {
		boolean passing = ConnectionFailures.isOutage(thrown);
		for (Throwable cause = thrown; cause != null; cause = next(cause)) {
			if ((cause instanceof AbortRunException && !(cause instanceof UnavailableException))
					|| cause instanceof InterruptedException) {
				return false;
			}
			passing = passing || isPassing(cause);
		}
		return passing;
	}

	private static boolean isPassing(Throwable cause) {
		if (cause instanceof IOException) {
			return !(cause instanceof FileNotFoundException || cause instanceof FileSystemException
					|| cause instanceof CharacterCodingException || cause instanceof MalformedURLException);
		}
		if (cause instanceof SQLException sql) {
			String state = sql.getSQLState();
			return sql instanceof SQLTransientException || sql instanceof SQLRecoverableException
					|| (state != null && state.startsWith(TRANSACTION_ROLLBACK))
					|| (GENERAL_ERROR.equals(state) && LOCK_ERRORS.contains(sql.getErrorCode()));
		}
		return cause instanceof TimeoutException || cause instanceof TransientDataAccessException
				|| cause instanceof RecoverableDataAccessException;
	}

	private static @Nullable Throwable next(Throwable thrown) {
		return (thrown.getCause() != thrown) ? thrown.getCause() : null;
	}

}
