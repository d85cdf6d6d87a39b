package io.deltasync;

import javax.sql.DataSource;

import io.deltasync.event.RepositoryDatabase;
import io.deltasync.launch.LaunchException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Chooses the database of the JobRepository as Spring Boot does: the application's
 * DataSource and transaction manager, or those for Spring Batch where it has some.
 */
final class RepositoryDatabases {

	private RepositoryDatabases() {
	}

	/**
	 * Chooses the database.
	 * @param dataSources the application's DataSource
	 * @param batchDataSources its {@code @BatchDataSource}, if it has one
	 * @param transactionManagers the application's transaction manager, if it has one
	 * @param batchTransactionManagers its {@code @BatchTransactionManager}, if it has one
	 * @return the database
	 * @throws LaunchException when the transaction manager is that of another database
	 */
	static RepositoryDatabase choose(ObjectProvider<DataSource> dataSources,
			ObjectProvider<DataSource> batchDataSources, ObjectProvider<PlatformTransactionManager> transactionManagers,
			ObjectProvider<PlatformTransactionManager> batchTransactionManagers) {
		DataSource batch = batchDataSources.getIfAvailable();
		DataSource dataSource = (batch != null) ? batch : dataSources.getObject();
		PlatformTransactionManager transactions = batchTransactionManagers.getIfAvailable();
		if (transactions != null) {
			checkSameDatabase(transactions, dataSource);
		}
		else if (batch == null) {
			transactions = transactionManagers.getIfAvailable();
		}
		return new RepositoryDatabase(dataSource, new JdbcTemplate(dataSource),
				(transactions != null && isOf(transactions, dataSource)) ? transactions
						: new JdbcTransactionManager(dataSource));
	}

	/** Runs are fenced by transactions: with those of another database, nothing is. */
	private static void checkSameDatabase(PlatformTransactionManager transactions, DataSource dataSource) {
		if (!isOf(transactions, dataSource)) {
			throw LaunchException.ofConfiguration(
					"The @BatchTransactionManager is that of another DataSource than the one that Spring Batch's tables are in",
					"Let both be of one database, or leave the @BatchTransactionManager out.", null);
		}
	}

	/** A transaction manager of another kind, such as JPA's, is taken at its word. */
	private static boolean isOf(PlatformTransactionManager transactions, DataSource dataSource) {
		return !(transactions instanceof DataSourceTransactionManager jdbc)
				|| target(jdbc.getDataSource()) == target(dataSource);
	}

	private static @Nullable DataSource target(@Nullable DataSource dataSource) {
		return (dataSource instanceof TransactionAwareDataSourceProxy proxy) ? proxy.getTargetDataSource() : dataSource;
	}

}
