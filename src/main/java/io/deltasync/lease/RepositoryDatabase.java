package io.deltasync.lease;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.schema.Product;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database of the JobRepository, with the tables of Spring Batch and of DeltaSync.
 * Thread-safe.
 *
 * @param dataSource the database, which may be an application's
 * @param jdbc runs statements there, in the caller's transaction if there is one
 * @param product its product
 * @param transactionManager the transaction manager of that database
 */
public record RepositoryDatabase(DataSource dataSource, JdbcTemplate jdbc, Product product,
		PlatformTransactionManager transactionManager) {

	private static final Logger logger = LoggerFactory.getLogger(RepositoryDatabase.class);

	/**
	 * Creates the transactions in which runs store their state. They are always new
	 * transactions, and see the commits of others. Connects to the database.
	 * @return the transactions
	 */
	public TransactionTemplate transaction() {
		TransactionTemplate transaction = new RetryingTransactions(this.transactionManager);
		Integer isolation = this.jdbc.execute((ConnectionCallback<Integer>) Connection::getTransactionIsolation);
		if (Objects.requireNonNull(isolation) != Connection.TRANSACTION_READ_COMMITTED) {
			// An application's own pool may use REPEATABLE READ, where lanes would wait
			// for gap locks. Setting the level costs a round trip for each transaction,
			// so it is not set where the pool does it
			transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
			checkIsolation(transaction);
		}
		return transaction;
	}

	/**
	 * Returns the URL of the database.
	 * @return the URL that its pool was configured with; for another kind of DataSource,
	 * the URL that its driver reports
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

	/**
	 * Falls back to the pool's level, since some transaction managers cannot set the
	 * isolation of one transaction.
	 */
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
