package io.deltasync.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.deltasync.api.ConnectionType;
import io.deltasync.api.Connections;
import io.deltasync.cli.process.OwnApplication;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.connection.ConfiguredConnections;
import io.deltasync.connection.ServerVerification;
import io.deltasync.event.RunContextSerializer;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.retention.Prune;
import io.deltasync.inbox.Inbox;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Leases;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.lease.Slots;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.Links;
import io.deltasync.link.WorkerMode;
import io.deltasync.notify.LinkNotices;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.job.LinkJobFactory;
import io.deltasync.run.lane.RemoteLaneExecutor;
import io.deltasync.run.start.AutoReplays;
import io.deltasync.schema.RepositoryUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchJobLauncherAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchTransactionManager;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchDataSource;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.unit.DataSize;

/**
 * Configures DeltaSync in any Spring Boot application: its tables, its stores, a job for
 * each Link and the built-in adapters. All beans have names with the prefix {@code
 * deltasync}, except Spring Batch's own {@code jobRepository}, {@code jobOperator} and
 * {@code jobRegistry}.
 */
@AutoConfiguration(
		before = { BatchJdbcAutoConfiguration.class, BatchAutoConfiguration.class,
				BatchJobLauncherAutoConfiguration.class },
		after = { DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class })
@Import({ BatchConfiguration.class, LinkJobRegistrar.class, JdbcAdapterConfiguration.class, HttpConfiguration.class,
		FileAdapterConfiguration.class, PushAdapterConfiguration.class, ConditionFilterConfiguration.class,
		WorkersConfiguration.class, NotificationConfiguration.class })
@ConditionalOnBooleanProperty(name = EngineSettings.ENABLED, matchIfMissing = true)
public class DeltaSyncAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(DeltaSyncAutoConfiguration.class);

	/**
	 * Runs after the application's own migrations, which may refuse a schema with tables.
	 */
	@Bean
	@DependsOnDatabaseInitialization
	static RepositoryDatabase deltasyncRepositoryDatabase(ObjectProvider<DataSource> dataSource,
			@BatchDataSource ObjectProvider<DataSource> batchDataSource,
			ObjectProvider<PlatformTransactionManager> transactionManager,
			@BatchTransactionManager ObjectProvider<PlatformTransactionManager> batchTransactionManager,
			Environment environment, BatchJdbcProperties properties) {
		if (OwnApplication.is(environment)) {
			ServerVerification
				.warning("The database of the JobRepository", environment.getProperty("spring.datasource.url", ""),
						Binder.get(environment)
							.bind("spring.datasource.hikari.data-source-properties",
									Bindable.mapOf(String.class, String.class))
							.orElse(Map.of()))
				.ifPresent(logger::warn);
		}
		return RepositoryDatabases.open(dataSource, batchDataSource, transactionManager, batchTransactionManager,
				RepositoryUrl.of(environment), properties);
	}

	@Bean
	@ConditionalOnMissingBean(Connections.class)
	static ConfiguredConnections deltasyncConnections(Environment environment,
			ObjectProvider<ConnectionType<?>> types) {
		return new ConfiguredConnections(environment, types.orderedStream().toList());
	}

	@Bean
	static Links deltasyncLinks(ConfigurableListableBeanFactory beanFactory, Environment environment) {
		return OwnApplication.needsFewLinks(environment) ? Links.onDemand(beanFactory, environment)
				: new Links(beanFactory, environment);
	}

	/**
	 * Bound with everything else below {@code deltasync}, so that all problems are
	 * reported.
	 */
	@Bean
	static EngineSettings deltasyncEngineSettings(Links links) {
		return links.engine();
	}

	@Bean
	DatabaseClock deltasyncDatabaseClock(RepositoryDatabase database) {
		return new DatabaseClock(database.jdbc(), database.product());
	}

	@Bean
	Leases deltasyncLeases(DatabaseClock clock, RepositoryDatabase database, RunTransactions transactions,
			EngineSettings engine, Environment environment) {
		Leases leases = new Leases(database.jdbc(), transactions.template(), clock, engine.lease(), holder());
		if (EmbeddedDatabase.isOpenedHere(database.jdbc(), RepositoryUrl.of(environment).url())) {
			leases.endAll();
		}
		return leases;
	}

	@Bean
	Slots deltasyncSlots(RepositoryDatabase database) {
		return new Slots(database.jdbc());
	}

	@Bean
	RunTables deltasyncRunTables(RepositoryDatabase database) {
		return RunTables.of(database.jdbc(), database.product());
	}

	@Bean
	RunTransactions deltasyncRunTransactions(DatabaseClock clock, RepositoryDatabase database) {
		return new RunTransactions(database.transaction(), clock);
	}

	@Bean
	SyncEvents deltasyncSyncEvents(RepositoryDatabase database,
			@Qualifier("deltasyncRunContextSerializer") RunContextSerializer serializer, RunTables tables,
			Leases leases) {
		return new SyncEvents(database.jdbc(), serializer, tables.plans(), tables.failedScopes(), tables.summaries(),
				tables.ignored(), tables.rejects(), tables.failed(), tables.owed(), tables.lateWrites(), leases);
	}

	@Bean
	Prune deltasyncPrune(RepositoryDatabase database, RunTransactions transactions, SyncEvents events) {
		return new Prune(database.jdbc(), database.product(), transactions.template(), events, transactions.clock());
	}

	@Bean
	Inbox deltasyncInbox(RepositoryDatabase database) {
		return new Inbox(database.jdbc(), database.product());
	}

	@Bean
	AutoReplays deltasyncAutoReplays(SyncEvents events, Leases leases, Slots slots, RunTables tables,
			RunTransactions transactions) {
		return new AutoReplays(events, leases, slots, tables, transactions);
	}

	@Bean
	ActiveRuns deltasyncActiveRuns() {
		return new ActiveRuns();
	}

	@Bean
	BatchMemory deltasyncBatchMemory(EngineSettings engine) {
		DataSize buffer = engine.bufferMemory();
		return new BatchMemory((buffer != null) ? buffer.toBytes() : null);
	}

	@Bean
	LinkJobFactory deltasyncLinkJobFactory(JobRepository repository, RepositoryDatabase database, ActiveRuns runs,
			RunTables tables, RunTransactions transactions, SyncEvents events, Connections connections,
			ObjectProvider<DataSource> dataSource, BatchMemory memory, EngineSettings engine, LinkNotices notices,
			ObjectProvider<RemoteLaneExecutor> workers) {
		if (engine.workers() == WorkerMode.REMOTE && workers.getIfAvailable() == null) {
			throw new ConfigurationException(List.of(new ConfigurationProblem("deltasync.workers", null,
					"is 'remote', but this application lacks libraries that workers need; add "
							+ "org.apache.activemq:artemis-jakarta-client, org.springframework:spring-jms and "
							+ "org.springframework.batch:spring-batch-integration to its dependencies, or leave "
							+ "'workers' out",
					null)));
		}
		return new LinkJobFactory(repository, database.transactionManager(), runs, tables, transactions, events,
				connections, dataSource.getIfUnique(database::dataSource), memory, notices, workers.getIfAvailable());
	}

	private static String holder() {
		long process = ProcessHandle.current().pid();
		try {
			return "process %d on %s".formatted(process, InetAddress.getLocalHost().getHostName());
		}
		catch (UnknownHostException ex) {
			return "process %d".formatted(process);
		}
	}

}
