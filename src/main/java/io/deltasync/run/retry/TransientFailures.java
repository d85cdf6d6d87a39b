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
 * Distinguishes transient failures from permanent ones. Transient are
 * {@link ConnectionFailures}, a lock held by another transaction, and a read that timed
 * out.
 */
public final class TransientFailures {

	/** SQLSTATE class 40 is "transaction rollback", for example a deadlock. */
	private static final String TRANSACTION_ROLLBACK = "40";

	/**
	 * A lock wait timeout, a row that has changed since it was read, and a lock that
	 * NOWAIT did not get. MariaDB's driver throws only general exceptions for these, as
	 * does MySQL's driver for the last one.
	 */
	private static final Set<Integer> LOCK_ERRORS = Set.of(1205, 1020, 3572);

	private static final String GENERAL_ERROR = "HY000";

	private TransientFailures() {
	}

	/**
	 * Whether an exception or one of its causes is transient.
	 * @param thrown the exception of an adapter
	 * @return true if another attempt may succeed; never for an exception with which the
	 * adapter itself aborts the run
	 */
	public static boolean isTransient(Throwable thrown) {
		boolean isTransient = ConnectionFailures.isOutage(thrown);
		for (Throwable cause = thrown; cause != null; cause = next(cause)) {
			if ((cause instanceof AbortRunException && !(cause instanceof UnavailableException))
					|| cause instanceof InterruptedException) {
				return false;
			}
			isTransient = isTransient || isTransientCause(cause);
		}
		return isTransient;
	}

	private static boolean isTransientCause(Throwable cause) {
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
