package io.deltasync.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.testing.JobTables;
import io.deltasync.testing.Stage;
import io.deltasync.testing.TestDatabase;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Two processes that share a database, the sources and targets of their Links, and a
 * clock.
 */
final class TwoReplicas implements AutoCloseable {

	final Stage stage = new Stage();

	final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);

	final Replica one;

	final Replica other;

	final JdbcTemplate jdbc;

	final SyncEvents events;

	private final Function<String, Replica> start;

	TwoReplicas(TestDatabase database, List<String> links, String... settings) {
		String schema = database.createSchema();
		this.start = (own) -> new Replica(database, own, this.stage, links, this.clock, 2, settings);
		this.one = this.start.apply(schema);
		this.other = this.start.apply(schema);
		this.jdbc = this.one.bean(JdbcTemplate.class);
		this.events = this.one.bean(SyncEvents.class);
	}

	/** Starts another process with a schema of its own. */
	Replica start(String schema) {
		return this.start.apply(schema);
	}

	/** Forgets all runs, and sets the clock. */
	void forget(Instant now) {
		this.stage.clear();
		this.one.awaitRuns();
		this.other.awaitRuns();
		JobTables.empty(this.jdbc);
		this.stage.clear();
		this.clock.set(now);
	}

	/** Has both begin to serve. */
	void open() {
		this.one.restart();
		this.other.restart();
	}

	void passes(Duration time) {
		this.clock.updateAndGet((now) -> now.plus(time));
	}

	/** Returns the runs of a Link, oldest first. */
	List<SyncEvent> runs(String link) {
		List<SyncEvent> runs = new ArrayList<>(this.events.newest(link, 100));
		Collections.reverse(runs);
		return runs;
	}

	/** Runs a Link in a process, which is one of the two, and waits for the end. */
	SyncEvent run(Replica replica, String link, String... parameters) throws Exception {
		JobParametersBuilder given = new JobParametersBuilder(new JobParameters());
		for (int i = 0; i < parameters.length; i += 2) {
			given.addString(parameters[i], parameters[i + 1], false);
		}
		long event = replica.bean(JobOperator.class)
			.start(replica.bean(JobRegistry.class).getJob(link), given.toJobParameters())
			.getJobInstanceId();
		return this.events.find(event).orElseThrow();
	}

	/** Makes a run look as if its process had died before it could say so. */
	void kill(SyncEvent event) {
		long last = event.attempts().get(event.attempts().size() - 1).jobExecutionId();
		this.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', EXIT_CODE = 'UNKNOWN', END_TIME = NULL "
				+ "WHERE JOB_EXECUTION_ID = ?", last);
		this.jdbc.update(
				"UPDATE SYNC_LEASE SET ACQUIRED_AT = '2026-01-01 00:00:00', EXPIRES_AT = '2026-01-01 00:01:00' WHERE LINK = ?",
				event.link());
	}

	/** Waits for what another thread does; only what is asked decides how long. */
	static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("did not happen within a minute");
			}
			LockSupport.parkNanos(5_000_000);
		}
	}

	@Override
	public void close() {
		this.one.close();
		this.other.close();
	}

}
