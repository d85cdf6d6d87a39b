package io.deltasync.lease;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.deltasync.schema.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs each callback in its own transaction, and retries it when the database has rolled
 * it back because of a deadlock or a lock timeout. A callback must therefore be
 * idempotent in what it changes outside the database. Thread-safe once configured.
 */
public class RetryingTransactions extends TransactionTemplate {

	private static final long serialVersionUID = 1L;

	private static final Logger logger = LoggerFactory.getLogger(RetryingTransactions.class);

	private static final int MAX_ATTEMPTS = 6;

	private static final long FIRST_DELAY_MILLIS = 20;

	/**
	 * H2: deadlock, lock timeout, concurrent update; MySQL and MariaDB: lock wait
	 * timeout, deadlock.
	 */
	private static final Set<Integer> LOCK_ERRORS = Set.of(40001, 50200, 90131, 1205, 1213);

	/** PostgreSQL: serialization failure, deadlock, lock timeout. */
	private static final Set<String> LOCK_STATES = Set.of("40001", "40P01", "55P03");

	/**
	 * Creates a template whose transactions are never part of another one.
	 * @param transactionManager begins and ends the transactions
	 */
	public RetryingTransactions(PlatformTransactionManager transactionManager) {
		super(transactionManager);
		setPropagationBehavior(PROPAGATION_REQUIRES_NEW);
	}

	@Override
	public <T> T execute(TransactionCallback<T> action) {
		for (int attempt = 1;; attempt++) {
			try {
				return begin(action);
			}
			catch (RuntimeException ex) {
				if (attempt == MAX_ATTEMPTS || !isLockFailure(ex) || !pause(attempt)) {
					throw ex;
				}
				logger.debug("A transaction was rolled back because of locks; attempt {} of {} follows", attempt + 1,
						MAX_ATTEMPTS, ex);
			}
		}
	}

	/**
	 * Runs the callback in a transaction. Where the rollback failed as well, because the
	 * connection is lost, the error that came first is thrown: it says why. Spring only
	 * logs that error if a commit failed; the exception then says that the connection was
	 * lost, with the driver's message.
	 */
	private <T> T begin(TransactionCallback<T> action) {
		try {
			return super.execute(action);
		}
		catch (TransactionSystemException ex) {
			if (ex.getApplicationException() instanceof RuntimeException first) {
				first.addSuppressed(ex);
				throw first;
			}
			if (ex.getApplicationException() == null && DatabaseUnavailableException.isCauseOf(ex)) {
				throw new DataAccessResourceFailureException("The connection was lost during a commit",
						ex.getMostSpecificCause());
			}
			throw ex;
		}
	}

	/**
	 * Whether the database has rolled a transaction back because of another one's locks.
	 * MariaDB's driver reports a lock wait timeout as an uncategorized error.
	 */
	private static boolean isLockFailure(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof PessimisticLockingFailureException
					|| (cause instanceof SQLException sql && (LOCK_ERRORS.contains(sql.getErrorCode())
							|| LOCK_STATES.contains(String.valueOf(sql.getSQLState()))))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Waits for a random time that grows with each attempt, so that colliding
	 * transactions do not collide again.
	 */
	private static boolean pause(int attempt) {
		try {
			TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(FIRST_DELAY_MILLIS << attempt));
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
