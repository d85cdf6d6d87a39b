package io.deltasync.schema;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Commits each statement outside transactions, even where an application's pool has
 * auto-commit switched off. Takes part in transactions as the application's DataSource
 * does.
 */
public class CommittingDataSource extends TransactionAwareDataSourceProxy {

	private final DataSource target;

	private CommittingDataSource(DataSource target) {
		super(target);
		this.target = target;
	}

	/**
	 * Wraps a DataSource if necessary.
	 * @param dataSource the application's DataSource, to which a connection is opened
	 * @return one that commits each statement outside transactions
	 */
	public static DataSource of(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection()) {
			return connection.getAutoCommit() ? dataSource : new CommittingDataSource(dataSource);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The database of the JobRepository is not available: " + ex.getMessage(),
					ex);
		}
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		if (!TransactionSynchronizationManager.isActualTransactionActive()
				|| !TransactionSynchronizationManager.hasResource(this.target)) {
			connection.setAutoCommit(true);
		}
		return connection;
	}

}
