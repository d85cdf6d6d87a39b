package io.deltasync.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.Inbox;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.lease.Slots;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.Links;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.run.start.AutoReplays;
import io.deltasync.run.start.CrashRecovery;
import io.deltasync.serve.Dispatcher;
import io.deltasync.serve.LinkProblems;
import io.deltasync.serve.Recovery;
import io.deltasync.serve.ServeLoop;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Configures the command {@code serve}. The beans are created when the command needs
 * them.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = EngineSettings.ENABLED, matchIfMissing = true)
public class ServeAutoConfiguration {

	@Bean
	@Lazy
	Pauses deltasyncPauses(RepositoryDatabase database) {
		return new Pauses(database.jdbc(), database.product());
	}

	@Bean
	@Lazy
	ServeLoop deltasyncServeLoop(Links links, Leases leases, Slots slots, Pauses pauses, SyncEvents events,
			AutoReplays replays, Inbox inbox, RunTables tables, ActiveRuns live, JobOperator operator, JobRegistry jobs,
			CrashRecovery crashRecovery, DatabaseClock clock, EngineSettings engine) {
		LinkProblems problems = new LinkProblems();
		Dispatcher dispatcher = new Dispatcher(operator, jobs, live, events, engine.serve().maxRuns(), problems,
				threads());
		return new ServeLoop(links, leases, slots, pauses, events, replays, inbox, tables.rejectsToDeliver(), live,
				dispatcher, new Recovery(events, crashRecovery, dispatcher), problems, clock);
	}

	/** Creates as many threads as there are runs; they end with the process. */
	private static Executor threads() {
		AtomicInteger number = new AtomicInteger();
		return Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work, "deltasync-run-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

}
