package io.deltasync.autoconfigure;

import io.deltasync.api.Connections;
import io.deltasync.audit.AuditLog;
import io.deltasync.cli.CommandContext;
import io.deltasync.cli.Commands;
import io.deltasync.cli.DemoTables;
import io.deltasync.cli.GracefulStop;
import io.deltasync.cli.LinkJobOutcomes;
import io.deltasync.cli.LinkJobRunner;
import io.deltasync.cli.OwnApplication;
import io.deltasync.cli.RunCommands;
import io.deltasync.console.security.AccessControl;
import io.deltasync.event.LinkRemoval;
import io.deltasync.event.Prune;
import io.deltasync.event.RejectDecisions;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Leases;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.lease.Slots;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.Links;
import io.deltasync.metrics.MetricsText;
import io.deltasync.reject.RejectGroups;
import io.deltasync.remote.Worker;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.plan.Previews;
import io.deltasync.run.start.FullRuns;
import io.deltasync.serve.ServeLoop;
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
	Previews deltasyncPreviews(SyncEvents events, DatabaseClock clock) {
		return new Previews(events, clock);
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
	Commands deltasyncCommands(Links links, EngineSettings engine, SyncEvents events, ActiveRuns live,
			Previews previews, JobOperator operator, JobRegistry jobs, JobRepository repository, RunTables tables,
			RunTransactions transactions, RejectDecisions decisions, FullRuns fullRuns, Prune prune,
			RepositoryDatabase database, Leases leases, DatabaseClock clock, ObjectProvider<ServeLoop> serveLoop,
			ObjectProvider<MetricsText> metrics, ObjectProvider<Worker> worker, ObjectProvider<AccessControl> access,
			ApplicationContext context) {
		RunCommands runs = new RunCommands(operator, jobs, live, events, repository);
		return new Commands(new CommandContext(links, events, tables.rejects(), decisions, tables.log(), prune,
				new LinkRemoval(database.jdbc(), transactions.template(), leases), engine.retention(), runs, fullRuns,
				previews, serveLoop, metrics, worker, access, clock), context);
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
