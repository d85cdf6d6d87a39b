package io.deltasync.serve;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.Inbox;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.Slots;
import io.deltasync.link.Links;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.run.start.AutoReplays;
import io.deltasync.run.start.CrashRecovery;
import io.deltasync.testing.Stage;
import io.deltasync.testing.StagedApplication;
import io.deltasync.testing.TestDatabase;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A process that serves, as one of several that share a database: in this JVM, by a clock
 * that the test sets, and only when it is told to look.
 */
final class Replica implements AutoCloseable {

	private final ConfigurableApplicationContext application;

	private final AtomicReference<Instant> clock;

	private final int maxRuns;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Queue<Future<?>> begun = new ConcurrentLinkedQueue<>();

	private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();

	private volatile boolean slow;

	private ServeLoop serveLoop;

	Replica(TestDatabase database, String schema, Stage stage, List<String> links, AtomicReference<Instant> clock,
			int maxRuns, String... settings) {
		this(StagedApplication.start(database, schema, stage, links, settings), clock, maxRuns);
	}

	/** Serves the Links of an application, which it closes. */
	Replica(ConfigurableApplicationContext application, AtomicReference<Instant> clock, int maxRuns) {
		this.application = application;
		this.clock = clock;
		this.maxRuns = maxRuns;
		this.serveLoop = serveLoop();
	}

	private ServeLoop serveLoop() {
		SyncEvents events = bean(SyncEvents.class);
		Leases leases = bean(Leases.class);
		LinkProblems problems = new LinkProblems();
		Dispatcher dispatcher = new Dispatcher(bean(JobOperator.class), bean(JobRegistry.class), bean(ActiveRuns.class),
				events, this.maxRuns, problems, this::begin);
		Recovery recovery = new Recovery(events, bean(CrashRecovery.class), dispatcher);
		return new ServeLoop(bean(Links.class), leases, bean(Slots.class), bean(Pauses.class), events,
				bean(AutoReplays.class), bean(Inbox.class), bean(RunTables.class).rejectsToDeliver(),
				bean(ActiveRuns.class), dispatcher, recovery, problems, this.clock::get);
	}

	private void begin(Runnable work) {
		if (this.slow) {
			this.late.add(work);
		}
		else {
			this.begun.add(this.threads.submit(work));
		}
	}

	<T> T bean(Class<T> type) {
		return this.application.getBean(type);
	}

	/** As if the process had ended and another one had begun. */
	Replica restart() {
		this.serveLoop = serveLoop();
		this.serveLoop.open();
		return this;
	}

	/** Looks for what is due, as it does each second. */
	Replica tick() {
		this.serveLoop.tick();
		return this;
	}

	/** Looks for what is due, and begins that only when it is waited for. */
	Replica tickSlowly() {
		this.slow = true;
		this.serveLoop.tick();
		this.slow = false;
		return this;
	}

	/** Returns the Links that cannot be run for now. */
	List<String> problems() {
		return this.serveLoop.problems().all().stream().map(LinkProblems.Problem::link).toList();
	}

	boolean tryTick() {
		return this.serveLoop.tryTick();
	}

	/** Waits for all that was begun. */
	Replica awaitRuns() {
		for (Runnable work = this.late.poll(); work != null; work = this.late.poll()) {
			work.run();
		}
		try {
			for (Future<?> run = this.begun.poll(); run != null; run = this.begun.poll()) {
				run.get(1, TimeUnit.MINUTES);
			}
			return this;
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int begun() {
		return this.begun.size();
	}

	@Override
	public void close() {
		this.threads.shutdown();
		this.application.close();
	}

}
