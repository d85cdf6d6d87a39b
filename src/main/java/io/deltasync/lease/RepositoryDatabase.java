package io.deltasync.lease;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database of the JobRepository: where Spring Batch's tables and DeltaSync's own are.
 * Thread-safe.
 *
 * @param dataSource the database, which may be an application's
 * @param jdbc runs statements there, in the caller's transaction if there is one
 * @param transactionManager the transaction manager of that database
 */
public record RepositoryDatabase(DataSource dataSource, JdbcTemplate jdbc,
		PlatformTransactionManager transactionManager) {

	private static final Logger logger = LoggerFactory.getLogger(RepositoryDatabase.class);

	/**
	 * Creates the transactions that runs store their state in: new ones, whatever the
	 * caller is in, that see what others have committed. Connects to the database.
	 * @return the transactions
	 */
	public TransactionTemplate transaction() {
		TransactionTemplate transaction = new RetryingTransactions(this.transactionManager);
		Integer isolation = this.jdbc.execute((ConnectionCallback<Integer>) Connection::getTransactionIsolation);
		if (Objects.requireNonNull(isolation) != Connection.TRANSACTION_READ_COMMITTED) {
			// an application's own pool: lanes would wait for gaps between rows. It takes
			// a question for each transaction, so not where the pool sees to it
			transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
			checkIsolation(transaction);
		}
		return transaction;
	}

	/**
	 * Returns the URL of the database.
	 * @return the URL that its pool was configured with; of a DataSource of another kind,
	 * what its driver says
	 */
	public String url() {
		try {
			String configured = this.dataSource.isWrapperFor(HikariDataSource.class)
					? this.dataSource.unwrap(HikariDataSource.class).getJdbcUrl() : null;
			return (configured != null) ? configured
					: Objects.requireNonNullElse(
							this.jdbc.execute(
									(ConnectionCallback<String>) (connection) -> connection.getMetaData().getURL()),
							"");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Not every transaction manager can set the isolation of one transaction. */
	private static void checkIsolation(TransactionTemplate transaction) {
		try {
			transaction.executeWithoutResult((status) -> {
			});
		}
		catch (InvalidIsolationLevelException ex) {
			logger.warn("DeltaSync's transactions have the isolation of the connection pool, as the application's "
					+ "transaction manager cannot set another one ({}). Concurrent runs may wait for each other; "
					+ "set the pool to READ COMMITTED to avoid that.", ex.getMessage());
			transaction.setIsolationLevel(TransactionDefinition.ISOLATION_DEFAULT);
		}
	}

}
