package io.deltasync.autoconfigure;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import io.deltasync.config.LaunchException;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.schema.CommittingDataSource;
import io.deltasync.schema.Product;
import io.deltasync.schema.RepositoryUrl;
import io.deltasync.schema.Schema;
import io.deltasync.schema.TableNames;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.dao.AbstractJdbcBatchMetadataDao;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchDataSourceScriptDatabaseInitializer;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcProperties;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Opens the database of the JobRepository. It is chosen as in Spring Boot: the
 * application's DataSource and transaction manager, or those for Spring Batch if it has
 * some.
 */
final class RepositoryDatabases {

	/** More rows than any table has. */
	private static final BigDecimal NO_LIMIT = BigDecimal.valueOf(1L << 32);

	private RepositoryDatabases() {
	}

	/**
	 * Opens the database, with all tables up to date.
	 * @param dataSources the application's DataSource
	 * @param batchDataSources its {@code @BatchDataSource}, if it has one
	 * @param transactionManagers the application's transaction manager, if it has one
	 * @param batchTransactionManagers its {@code @BatchTransactionManager}, if it has one
	 * @param url the configured URL
	 * @param properties the application's settings of Spring Batch's tables
	 * @return the database
	 * @throws LaunchException when the transaction manager belongs to another database,
	 * or the database cannot be used
	 */
	static RepositoryDatabase open(ObjectProvider<DataSource> dataSources, ObjectProvider<DataSource> batchDataSources,
			ObjectProvider<PlatformTransactionManager> transactionManagers,
			ObjectProvider<PlatformTransactionManager> batchTransactionManagers, RepositoryUrl url,
			BatchJdbcProperties properties) {
		checkTablePrefix(properties.getTablePrefix());
		DataSource batch = batchDataSources.getIfAvailable();
		DataSource dataSource = (batch != null) ? batch : dataSources.getObject();
		PlatformTransactionManager transactions = batchTransactionManagers.getIfAvailable();
		if (transactions != null) {
			checkSameDatabase(transactions, dataSource);
		}
		else if (batch == null) {
			transactions = transactionManagers.getIfAvailable();
		}
		initialize(dataSource, properties);
		TableNames names = new Schema(dataSource, url).migrate();
		Product product = checkedProduct(dataSource);
		return new RepositoryDatabase(dataSource, new JdbcTemplate(names.in(CommittingDataSource.of(dataSource))),
				product, (transactions != null && isOf(transactions, dataSource)) ? transactions
						: new JdbcTransactionManager(dataSource));
	}

	private static void checkTablePrefix(@Nullable String prefix) {
		if (prefix != null && !prefix.equals(AbstractJdbcBatchMetadataDao.DEFAULT_TABLE_PREFIX)) {
			throw LaunchException.ofConfiguration(
					"spring.batch.jdbc.table-prefix is '%s', but DeltaSync reads Spring Batch's tables by their standard names, BATCH_…"
						.formatted(prefix),
					"Leave the setting out, or give DeltaSync and Spring Batch a database of their own by a @BatchDataSource.",
					null);
		}
	}

	/** Runs the application's own script for the tables, as Spring Boot would. */
	private static void initialize(DataSource dataSource, BatchJdbcProperties properties) {
		if (properties.getInitializeSchema() == DatabaseInitializationMode.ALWAYS
				|| !properties.getDefaultSchemaLocation().equals(properties.getSchema())) {
			new BatchDataSourceScriptDatabaseInitializer(dataSource, properties).initializeDatabase();
		}
	}

	/**
	 * Asks the database for its product. Refuses a row limit of a server or a URL: rows
	 * beyond it would be mistaken for missing rows.
	 */
	private static Product checkedProduct(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			Product product = Product.of(connection);
			if (product != Product.MYSQL) {
				return product;
			}
			try (ResultSet row = statement.executeQuery("SELECT @@SESSION.sql_select_limit")) {
				row.next();
				if (row.getBigDecimal(1).compareTo(NO_LIMIT) < 0) {
					throw LaunchException.ofConfiguration(
							"The database of the JobRepository limits the rows of a query to %s (sql_select_limit)"
								.formatted(row.getString(1)),
							"Remove the limit from the server, the account or the URL, or add "
									+ "sessionVariables=sql_select_limit=18446744073709551615 to the URL.",
							null);
				}
			}
			return product;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The database of the JobRepository is not available: " + ex.getMessage(),
					ex);
		}
	}

	/**
	 * Refuses a transaction manager of another database, because runs are fenced by
	 * transactions.
	 */
	private static void checkSameDatabase(PlatformTransactionManager transactions, DataSource dataSource) {
		if (!isOf(transactions, dataSource)) {
			throw LaunchException.ofConfiguration(
					"The @BatchTransactionManager is that of another DataSource than the one that Spring Batch's tables are in",
					"Let both be of one database, or leave the @BatchTransactionManager out.", null);
		}
	}

	/**
	 * Whether a transaction manager belongs to a database. Another kind of manager, such
	 * as JPA's, is trusted.
	 */
	private static boolean isOf(PlatformTransactionManager transactions, DataSource dataSource) {
		return !(transactions instanceof DataSourceTransactionManager jdbc)
				|| target(jdbc.getDataSource()) == target(dataSource);
	}

	private static @Nullable DataSource target(@Nullable DataSource dataSource) {
		return (dataSource instanceof TransactionAwareDataSourceProxy proxy) ? proxy.getTargetDataSource() : dataSource;
	}

}
