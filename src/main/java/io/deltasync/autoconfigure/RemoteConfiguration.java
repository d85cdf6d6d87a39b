package io.deltasync.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Installation;
import io.deltasync.lease.LaneLeases;
import io.deltasync.lease.Leases;
import io.deltasync.lease.OfferedLanes;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.LinkFingerprint;
import io.deltasync.link.Links;
import io.deltasync.link.RemoteSettings;
import io.deltasync.remote.Broker;
import io.deltasync.remote.JmsLaneExecutor;
import io.deltasync.remote.LaneRequestHandler;
import io.deltasync.remote.LaneWorker;
import io.deltasync.remote.Worker;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.job.LinkJobFactory;
import io.deltasync.run.lane.RemoteLaneExecutor;
import jakarta.jms.ConnectionFactory;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Lanes in workers. Only imported if {@code deltasync.workers} is {@code remote}.
 */
@Configuration(proxyBeanMethods = false)
public class RemoteConfiguration {

	private static final String DATABASE = "spring.datasource.url";

	private final EngineSettings engine;

	private final ConnectionFactory connections;

	private final UnaryOperator<String> fingerprints;

	RemoteConfiguration(Links links, EngineSettings engine, RepositoryDatabase database, Environment environment) {
		this.engine = engine;
		this.connections = Broker.connections(settings());
		checkShared(database.url());
		this.fingerprints = (link) -> LinkFingerprint.of(environment, links.get(link));
	}

	private RemoteSettings settings() {
		return this.engine.remote();
	}

	/**
	 * Refuses an embedded database in a file, which serves one process. A database in
	 * memory is allowed: tests of an application share it within their process.
	 */
	private static void checkShared(String url) {
		String compared = url.toUpperCase(Locale.ROOT);
		if (compared.startsWith("JDBC:H2:") && !compared.matches("JDBC:H2:(?:TCP|SSL|MEM):.*")
				&& !compared.contains("AUTO_SERVER=TRUE")) {
			throw new ConfigurationException(List.of(new ConfigurationProblem(DATABASE, null,
					"names an embedded database, which serves one process; with 'deltasync.workers: remote' name one that "
							+ "runs and workers share, with the profile 'postgresql' or 'mysql' for example",
					null)));
		}
	}

	@Bean
	RemoteLaneExecutor deltasyncRemoteLaneExecutor(RepositoryDatabase database, DatabaseClock clock, RunTables tables,
			RunTransactions transactions, JobRepository repository) {
		return new JmsLaneExecutor(settings(), this.connections, new OfferedLanes(database.jdbc(), clock),
				new Installation(database.jdbc()), tables.plans(), tables.pages(), tables.progress(), tables.rejects(),
				transactions, repository, this.fingerprints);
	}

	@Bean(destroyMethod = "close")
	@Lazy
	LaneLeases deltasyncLaneLeases(RepositoryDatabase database, DatabaseClock clock, RunTransactions transactions,
			Leases leases) {
		return new LaneLeases(database.jdbc(), transactions.template(), clock, this.engine.lease(), leases.holder());
	}

	/**
	 * Lazy, because the worker starts when it is created; only the command {@code worker}
	 * requests it.
	 */
	@Bean
	@Lazy
	Worker deltasyncWorker(LaneLeases lanes, LinkJobFactory jobs, Links links, JobRepository repository, Leases leases,
			RepositoryDatabase database) {
		return new LaneWorker(settings(), this.connections, new LaneRequestHandler(lanes, jobs.workerLanes(), links,
				this.fingerprints, leases.holder(), repository), new Installation(database.jdbc()));
	}

}
