package io.deltasync.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A process that runs Links: an application context, which may die and come back.
 */
final class SimulatedProcess implements AutoCloseable {

	/** How long a lease lasts, by the history's clock. */
	static final Duration LEASE = Duration.ofMinutes(20);

	private static final long LONGEST_SECONDS = 60;

	private final String name;

	private final World world;

	private final Life life = new Life();

	private final ConfigurableApplicationContext application;

	private final Map<String, Job> jobs = new HashMap<>();

	private final JobOperator operator;

	private final SyncEvents events;

	private final ActiveRuns runs;

	SimulatedProcess(String name, World world, String apis, List<String> repository) {
		this.name = name;
		this.world = world;
		world.join(name, this.life);
		List<String> properties = new ArrayList<>(repository);
		properties.addAll(List.of("logging.level.root=" + System.getProperty("deltasync.simulation.log", "OFF"),
				"spring.main.banner-mode=off", "spring.batch.job.enabled=false", "deltasync.lease=" + LEASE,
				"deltasync.connections.shop.url=" + SourceTable.URL, "deltasync.connections.shop.username=sa"));
		for (LinkKind kind : LinkKind.values()) {
			properties.addAll(kind.properties());
			if (kind.reading() == LinkKind.Reading.API) {
				properties.addAll(ApiOptions.connection(kind, apis, name));
			}
		}
		this.application = new SpringApplicationBuilder(SimulatedApplication.class).web(WebApplicationType.NONE)
			.lazyInitialization(true)
			.initializers((context) -> {
				context.getBeanFactory().registerSingleton("world", world);
				context.getBeanFactory().registerSingleton("life", this.life);
			})
			.properties(properties.toArray(String[]::new))
			.run();
		this.application.getBeansOfType(Job.class).values().forEach((job) -> this.jobs.put(job.getName(), job));
		this.operator = this.application.getBean(JobOperator.class);
		this.events = this.application.getBean(SyncEvents.class);
		this.runs = this.application.getBean(ActiveRuns.class);
	}

	/**
	 * What became of a start.
	 *
	 * @param what what became of it
	 * @param event the Sync Event, where there is one
	 * @param message why not
	 */
	record Started(What what, @org.jspecify.annotations.Nullable SyncEvent event, String message) {

		enum What {

			/** There was a run, and it has ended. */
			RAN,

			/** Another run had the Link. */
			BUSY,

			/** It is not to be started. */
			REFUSED,

			/** The process died. */
			DIED,

			/** The database failed, and it could not begin, or store its end. */
			BROKE,

			/** Something nobody meant to happen. */
			THREW

		}

		/** In short, to be counted. */
		String tally() {
			if (this.event == null) {
				return this.what.name();
			}
			String attempt = (this.event.attempts().size() > 1) ? ", restarted" : "";
			return "%s %s%s".formatted(this.event.mode(), this.event.success() ? "success" : this.event.status(),
					attempt);
		}

		@Override
		public String toString() {
			return (this.event == null) ? this.what + " " + this.message
					: "event %d %s%s, %s, %s, scopes %s of %s, window %s, cursor %s %s".formatted(this.event.id(),
							this.event.status(), this.event.success() ? ", successful" : "", this.event.strategy(),
							this.event.records(), this.event.scopes().done(), this.event.scopes().total(),
							this.event.windowStart(), this.event.cursorBefore(),
							this.event.errors().isEmpty() ? "" : this.event.errors().get(0).message());
		}

	}

	String name() {
		return this.name;
	}

	Life life() {
		return this.life;
	}

	SyncEvents events() {
		return this.events;
	}

	Rejects rejects() {
		return this.application.getBean(RunTables.class).rejects();
	}

	Instant databaseTime() {
		return this.application.getBean(RunTransactions.class).clock().instant();
	}

	JdbcTemplate jdbc() {
		return this.application.getBean(JdbcTemplate.class);
	}

	/** Starts a run, in a thread of its own. */
	CompletableFuture<Started> start(String link, JobParameters parameters) {
		return begin(link, () -> this.operator.start(this.jobs.get(link), parameters));
	}

	/** Continues a run in its own thread. */
	CompletableFuture<Started> restart(SyncEvent event) {
		return begin(event.link(), () -> this.operator.restart(execution(event)));
	}

	private JobExecution execution(SyncEvent event) {
		return this.application.getBean(JobRepository.class)
			.getJobExecution(event.attempts().get(event.attempts().size() - 1).jobExecutionId());
	}

	/** What Spring Batch says of the steps of an event's last attempt that failed. */
	String failedSteps(SyncEvent event) {
		long execution = event.attempts().get(event.attempts().size() - 1).jobExecutionId();
		return String.join("; ", jdbc().queryForList("""
				SELECT CONCAT(STEP_NAME, ' ', STATUS, ' ', EXIT_MESSAGE) FROM BATCH_STEP_EXECUTION
				WHERE JOB_EXECUTION_ID = ? AND STATUS <> 'COMPLETED'""", String.class, execution));
	}

	/** Asks the run of a Link in this process to stop. */
	void stop(String link) {
		this.runs.find(link).ifPresent(ActiveRun::requestStop);
	}

	private CompletableFuture<Started> begin(String link, Start start) {
		CompletableFuture<Started> started = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				started.complete(carryOut(link, start));
			}
			catch (Throwable thrown) {
				started.completeExceptionally(thrown);
			}
		}, this.name + "-" + link);
		thread.setDaemon(true);
		thread.start();
		return started;
	}

	private Started carryOut(String link, Start start) {
		try {
			JobExecution execution = start.start();
			if (!this.life.isDead()) {
				return new Started(Started.What.RAN, this.events.find(execution.getJobInstanceId()).orElseThrow(), "");
			}
		}
		catch (LinkBusyException ex) {
			return new Started(Started.What.BUSY, null, String.valueOf(ex.getMessage()));
		}
		catch (JobRestartException | InvalidJobParametersException | JobInstanceAlreadyCompleteException ex) {
			if (!this.life.isDead()) {
				return new Started(
						(ex.getCause() instanceof LinkBusyException) ? Started.What.BUSY : Started.What.REFUSED, null,
						String.valueOf(ex.getMessage()));
			}
		}
		catch (Throwable thrown) {
			if (!this.life.isDead()) {
				if (this.life.hasFailed()) {
					return new Started(Started.What.BROKE, null, String.valueOf(thrown));
				}
				java.io.StringWriter trace = new java.io.StringWriter();
				thrown.printStackTrace(new java.io.PrintWriter(trace));
				return new Started(Started.What.THREW, null, trace.toString());
			}
		}
		this.world.scene(link).leave();
		((MortalDatabase) this.application.getBean(DataSource.class)).bury();
		this.life.begin();
		return new Started(Started.What.DIED, null, "");
	}

	/** Waits for what was started. */
	static Started await(CompletableFuture<Started> started) {
		try {
			return started.get(LONGEST_SECONDS, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			StringBuilder stacks = new StringBuilder();
			Thread.getAllStackTraces().forEach((thread, stack) -> {
				if (thread.getName().matches("[AB]-.*|.*-[0-9]+|lane.*|.*writer")) {
					stacks.append(thread.getName()).append(' ').append(List.of(stack)).append('\n');
				}
			});
			throw new Violation("no run is stuck",
					"a run has not ended in %d s%n%s".formatted(LONGEST_SECONDS, stacks));
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.life.begin();
		this.application.close();
	}

	private interface Start {

		JobExecution start() throws Exception;

	}

}
