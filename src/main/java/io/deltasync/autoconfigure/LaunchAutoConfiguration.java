package io.deltasync.autoconfigure;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.audit.AuditLog;
import io.deltasync.cli.Commands;
import io.deltasync.cli.DemoTables;
import io.deltasync.cli.backend.CommandContext;
import io.deltasync.cli.backend.RunCommands;
import io.deltasync.cli.process.GracefulStop;
import io.deltasync.cli.process.LinkJobOutcomes;
import io.deltasync.cli.process.LinkJobRunner;
import io.deltasync.cli.process.OwnApplication;
import io.deltasync.console.WaitingRequests;
import io.deltasync.console.security.AccessControl;
import io.deltasync.delivered.LastDeliveries;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.decision.PauseDecisions;
import io.deltasync.event.decision.RejectDecisions;
import io.deltasync.event.retention.LinkRemoval;
import io.deltasync.event.retention.Prune;
import io.deltasync.inbox.Inbox;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.lease.Slots;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.Links;
import io.deltasync.metrics.MetricsText;
import io.deltasync.notify.Channels;
import io.deltasync.notify.Notifier;
import io.deltasync.reject.RejectGroups;
import io.deltasync.remote.Worker;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.fetch.FirstRecords;
import io.deltasync.run.plan.Previews;
import io.deltasync.run.start.FullRuns;
import io.deltasync.serve.ServeLoop;
import io.deltasync.trace.RecordPreviews;
import io.deltasync.trace.Tracer;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.batch.autoconfigure.BatchJobLauncherAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.JobLauncherApplicationRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import picocli.CommandLine;

/**
 * Configures the command line in any Spring Boot application that has DeltaSync as a
 * library. An application with its own command line excludes it with
 * {@code @SpringBootApplication(exclude = LaunchAutoConfiguration.class)}. An application
 * that excludes picocli has no command line either.
 */
@AutoConfiguration(before = BatchJobLauncherAutoConfiguration.class)
@ConditionalOnClass(CommandLine.class)
@ConditionalOnBooleanProperty(name = EngineSettings.ENABLED, matchIfMissing = true)
public class LaunchAutoConfiguration {

	@Bean
	Previews deltasyncPreviews(SyncEvents events, RunTables tables, DatabaseClock clock) {
		return new Previews(events, tables.inbox(), tables.columns(), clock);
	}

	@Bean
	FullRuns deltasyncFullRuns(Slots slots, DatabaseClock clock) {
		return new FullRuns(slots, clock);
	}

	@Bean
	RejectDecisions deltasyncRejectDecisions(RunTables tables, RunTransactions transactions,
			RepositoryDatabase database, DatabaseClock clock) {
		return new RejectDecisions(tables.rejects(), new RejectGroups(database.jdbc()),
				new AuditLog(database.jdbc(), clock), transactions.template(), clock);
	}

	@Bean
	WaitingRequests deltasyncWaitingRequests(Inbox inbox, SyncEvents events, RunTables tables, Leases leases,
			RunTransactions transactions, RepositoryDatabase database, DatabaseClock clock) {
		return new WaitingRequests(inbox, events, tables.failedScopes(), leases, new AuditLog(database.jdbc(), clock),
				transactions.template(), clock);
	}

	@Bean
	PauseDecisions deltasyncPauseDecisions(Pauses pauses, RunTransactions transactions, RepositoryDatabase database,
			DatabaseClock clock) {
		return new PauseDecisions(pauses, new AuditLog(database.jdbc(), clock), transactions.template(), clock);
	}

	@Bean
	Tracer deltasyncTracer(SyncEvents events, RunTables tables, RepositoryDatabase database, DatabaseClock clock) {
		return new Tracer(events, tables.rejects(), tables.log(), new LastDeliveries(database.jdbc()), clock);
	}

	@Bean
	RecordPreviews deltasyncRecordPreviews(SyncEvents events, RunTables tables, RunTransactions transactions,
			Connections connections, ObjectProvider<DataSource> dataSource, RepositoryDatabase database,
			BatchMemory memory, DatabaseClock clock) {
		return new RecordPreviews(events, new FirstRecords.Sources(tables.inbox(), connections,
				dataSource.getIfUnique(database::dataSource), memory, transactions), clock);
	}

	@Bean
	LinkRemoval deltasyncLinkRemoval(RepositoryDatabase database, RunTransactions transactions, Leases leases) {
		return new LinkRemoval(database.jdbc(), database.product(), transactions.template(), leases);
	}

	@Bean
	Commands deltasyncCommands(Links links, EngineSettings engine, SyncEvents events, ActiveRuns live,
			Previews previews, RecordPreviews recordPreviews, JobOperator operator, JobRegistry jobs,
			JobRepository repository, RunTables tables, RejectDecisions decisions, WaitingRequests requests,
			PauseDecisions pauses, Tracer tracer, FullRuns fullRuns, Prune prune, LinkRemoval removal,
			RepositoryDatabase database, DatabaseClock clock, ObjectProvider<ServeLoop> serveLoop,
			ObjectProvider<MetricsText> metrics, ObjectProvider<Worker> worker, ObjectProvider<AccessControl> access,
			ObjectProvider<Notifier> notifier, ObjectProvider<Channels> channels, ApplicationContext context) {
		RunCommands runs = new RunCommands(operator, jobs, live, events, repository);
		return new Commands(
				new CommandContext(links, events, tables.rejects(), decisions, requests, pauses, tables.log(), tracer,
						new AuditLog(database.jdbc(), clock), prune, removal, engine.retention(), runs, fullRuns,
						previews, recordPreviews, serveLoop, metrics, worker, access, notifier, channels, clock),
				context);
	}

	@Bean
	GracefulStop deltasyncGracefulStop(ActiveRuns live) {
		return new GracefulStop(live);
	}

	@Bean
	LinkJobOutcomes deltasyncLinkJobOutcomes(Links links) {
		return new LinkJobOutcomes(links);
	}

	@Bean
	@ConditionalOnProperty(Commands.JOB_NAME)
	@ConditionalOnBooleanProperty(name = "spring.batch.job.enabled", matchIfMissing = true)
	@ConditionalOnMissingBean(JobLauncherApplicationRunner.class)
	LinkJobRunner deltasyncLinkJobRunner(JobOperator operator, Links links, ApplicationContext context) {
		return new LinkJobRunner(operator, links, context.getEnvironment().getRequiredProperty(Commands.JOB_NAME),
				context.getBeansOfType(Job.class).values());
	}

	/**
	 * Created only in DeltaSync's own application, because another application may have
	 * its own profile "demo".
	 */
	@Bean
	@Profile("demo")
	@ConditionalOnBooleanProperty(OwnApplication.MARK)
	DemoTables deltasyncDemoTables(Connections connections) {
		return new DemoTables(connections);
	}

}
