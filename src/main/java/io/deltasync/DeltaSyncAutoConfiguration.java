package io.deltasync;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.time.Duration;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.delivered.DeliveredRecords;
import io.deltasync.event.DatabaseClock;
import io.deltasync.event.Leases;
import io.deltasync.event.Prune;
import io.deltasync.event.RecordLog;
import io.deltasync.event.ReplayWaits;
import io.deltasync.event.RetryingTransactions;
import io.deltasync.event.Slots;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.ConfiguredConnections;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.Links;
import io.deltasync.reject.Rejects;
import io.deltasync.remote.RemoteConfiguration;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.LaneWorkers;
import io.deltasync.run.LinkJobs;
import io.deltasync.run.LiveRuns;
import io.deltasync.run.Stores;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopePages;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchJobLauncherAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/**
 * DeltaSync in any Spring Boot application: its tables, its stores, a job for each Link
 * and the built-in adapters.
 */
@AutoConfiguration(
		before = { BatchJdbcAutoConfiguration.class, BatchAutoConfiguration.class,
				BatchJobLauncherAutoConfiguration.class },
		after = { DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class })
@Import({ BatchConfiguration.class, LinkJobRegistrar.class, JdbcAdapterConfiguration.class, RemoteConfiguration.class })
public class DeltaSyncAutoConfiguration {

	@Bean
	static Schema deltasyncSchema(DataSource dataSource, Environment environment) {
		return new Schema(dataSource, RepositoryUrl.of(environment));
	}

	@Bean
	static ConfiguredConnections connections(Environment environment) {
		return new ConfiguredConnections(environment);
	}

	@Bean
	static Links links(ConfigurableListableBeanFactory beanFactory, Environment environment) {
		return new Links(beanFactory, environment);
	}

	/** Takes the repository so that the tables are there first. */
	@Bean
	DatabaseClock databaseClock(JobRepository repository, JdbcTemplate jdbc) {
		return new DatabaseClock(jdbc);
	}

	@Bean
	Leases leases(DatabaseClock clock, JdbcTemplate jdbc, Stores stores, Environment environment) {
		return new Leases(jdbc, stores.transaction(), clock,
				environment.getProperty("deltasync.lease", Duration.class, Duration.ofMinutes(1)), holder());
	}

	@Bean
	ReplayWaits replayWaits(DatabaseClock clock, JdbcTemplate jdbc) {
		return new ReplayWaits(jdbc, clock);
	}

	@Bean
	Slots slots(JdbcTemplate jdbc) {
		return new Slots(jdbc);
	}

	@Bean
	Stores stores(DatabaseClock clock, JdbcTemplate jdbc, PlatformTransactionManager transactionManager) {
		return new Stores(new Plans(jdbc), new ScopePages(jdbc), new Rejects(jdbc), new RecordLog(jdbc),
				new IgnoredReasons(jdbc), new DeliveredRecords(jdbc), transaction(transactionManager, jdbc), clock);
	}

	@Bean
	SyncEvents syncEvents(JdbcTemplate jdbc, ExecutionContextSerializer serializer, Stores stores, Leases leases) {
		return new SyncEvents(jdbc, serializer, stores.plans(), stores.pages(), stores.ignored(), stores.rejects(),
				leases);
	}

	@Bean
	Prune prune(JdbcTemplate jdbc, Stores stores, SyncEvents events) {
		return new Prune(jdbc, stores.transaction(), events, stores.rejects(), stores.clock());
	}

	@Bean
	LiveRuns liveRuns() {
		return new LiveRuns();
	}

	@Bean
	LinkJobs linkJobs(JobRepository repository, PlatformTransactionManager transactionManager, LiveRuns runs,
			Stores stores, Connections connections, DataSource dataSource, Environment environment,
			ObjectProvider<LaneWorkers> workers) {
		DataSize buffer = EngineSettings.of(environment).bufferMemory();
		return new LinkJobs(repository, transactionManager, runs, stores, connections, dataSource,
				new BatchMemory((buffer != null) ? buffer.toBytes() : null), workers.getIfAvailable());
	}

	private static TransactionTemplate transaction(PlatformTransactionManager transactionManager, JdbcTemplate jdbc) {
		TransactionTemplate transaction = new RetryingTransactions(transactionManager);
		Integer isolation = jdbc.execute((ConnectionCallback<Integer>) Connection::getTransactionIsolation);
		if (isolation != Connection.TRANSACTION_READ_COMMITTED
				&& transactionManager instanceof DataSourceTransactionManager) {
			// an application's own pool: lanes would wait for gaps between rows. It takes
			// a question for each transaction, so not where the pool sees to it
			transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		}
		return transaction;
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
