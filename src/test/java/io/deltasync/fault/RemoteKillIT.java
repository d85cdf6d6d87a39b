package io.deltasync.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.TestBroker;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run whose lanes two workers carry out, on MySQL and a broker that are processes of
 * their own, while something happens to one of them: nothing is lost, and nothing is
 * delivered twice but what was in hand. An ordinary build does a few rounds,
 * {@code -Ddeltasync.remote.rounds=50} does fifty; {@code -Ddeltasync.remote.seed=N} does
 * those that failed again.
 */
class RemoteKillIT {

	private static final int ROUNDS = Integer.getInteger("deltasync.remote.rounds", Blow.values().length);

	private static final int WORKERS = 2;

	/** Longer than a lease holds, so that another worker takes the lanes over. */
	private static final long NAP_NANOS = TimeUnit.SECONDS.toNanos(8);

	private final long seed = Long.getLong("deltasync.remote.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	private final List<Child> workers = new ArrayList<>();

	private final int port = TestBroker.freePort();

	private final List<Child> all = new ArrayList<>();

	@TempDir
	Path directory;

	private List<String> properties;

	private ConfigurableApplicationContext observer;

	private JdbcTemplate jdbc;

	private Child broker;

	@BeforeEach
	void start() {
		String url = TestDatabase.MYSQL.url(TestDatabase.MYSQL.createSchema());
		this.observer = RemoteApplication.start("--spring.datasource.url=" + url);
		this.jdbc = this.observer.getBean(JdbcTemplate.class);
		this.jdbc.execute("CREATE TABLE DELIVERED (ID INT PRIMARY KEY, TIMES INT NOT NULL)");
		this.properties = List.of("--spring.datasource.url=" + url, "--deltasync.workers=remote",
				"--deltasync.remote.broker-url=" + TestBroker.url(this.port));
		this.broker = startBroker();
		for (int i = 0; i < WORKERS; i++) {
			this.workers.add(startWorker());
		}
		this.workers.forEach((worker) -> worker.await("Executes lanes of"));
	}

	@AfterEach
	void stop() {
		this.all.forEach(Child::kill);
		if (this.observer != null) {
			this.observer.close();
		}
	}

	@Test
	void everyRecordIsDeliveredWhateverHappensToAProcess() {
		int twice = 0;
		for (int round = 0; round < ROUNDS; round++) {
			Blow blow = (round < Blow.values().length) ? Blow.values()[round]
					: Blow.values()[this.random.nextInt(Blow.values().length)];
			twice += survive(round, blow);
		}
		System.out.printf("%d rounds, %d records, %d delivered twice (seed %d)%n", ROUNDS,
				ROUNDS * RemoteApplication.RECORDS, twice, this.seed);
	}

	private int survive(int round, Blow blow) {
		this.jdbc.update("DELETE FROM DELIVERED");
		int after = this.random.nextInt(RemoteApplication.RECORDS * 8 / 10);
		String what = "round %d, %s after %d records (-Ddeltasync.remote.seed=%d)".formatted(round, blow, after,
				this.seed);
		Child manager = startManager(round, "run", "people", "--full");
		await(what, () -> delivered() >= after || !manager.isAlive());
		assertThat(manager.isAlive()).as("%s: the run continues: %s", what, manager.printed()).isTrue();
		Child last = strike(blow, round, manager, what);
		assertThat(last.await()).as("%s: %s", what, last.printed()).isZero();
		SyncEvent event = newest();
		assertThat(event.success()).as("%s: %s", what, event).isTrue();
		assertThat(event.records()).as(what)
			.isEqualTo(new RecordCounts(RemoteApplication.RECORDS, RemoteApplication.RECORDS, 0, 0, 0, 0, 0, 0));
		assertThat(event.scopes().done()).as(what).isEqualTo(RemoteApplication.SCOPES);
		assertThat(delivered()).as(what + ": nothing is lost").isEqualTo(RemoteApplication.RECORDS);
		int twice = count("SELECT COALESCE(SUM(TIMES - 1), 0) FROM DELIVERED");
		assertThat(twice).as(what + ": delivered twice").isBetween(0, blow.mostTwice());
		assertThat(count("SELECT COUNT(*) FROM SYNC_LANE")).as(what + ": lanes left open").isZero();
		return twice;
	}

	/** Returns the process that brings the run to its end. */
	private Child strike(Blow blow, int round, Child manager, String what) {
		int victim = this.random.nextInt(WORKERS);
		switch (blow) {
			case WORKER_IS_KILLED -> {
				this.workers.get(victim).kill();
				this.workers.set(victim, startWorker());
			}
			case WORKER_IS_TOLD_TO_END -> {
				this.workers.get(victim).terminate();
				assertThat(this.workers.get(victim).await()).as(what + ": " + this.workers.get(victim).printed())
					.isEqualTo(143);
				this.workers.set(victim, startWorker());
			}
			case WORKER_FALLS_ASLEEP -> {
				this.workers.get(victim).signal("STOP");
				long until = System.nanoTime() + NAP_NANOS;
				await(what, () -> System.nanoTime() > until);
				this.workers.get(victim).signal("CONT");
			}
			case BROKER_IS_KILLED -> {
				this.broker.kill();
				this.broker = startBroker();
			}
			case MANAGER_IS_KILLED -> {
				manager.kill();
				await(what, () -> count("SELECT COUNT(*) FROM SYNC_LEASE WHERE EXPIRES_AT > UTC_TIMESTAMP(6)") == 0);
				return startManager(round, "restart", String.valueOf(newest().id()));
			}
		}
		return manager;
	}

	private SyncEvent newest() {
		return this.observer.getBean(SyncEvents.class).newest("people").orElseThrow();
	}

	private int delivered() {
		return count("SELECT COUNT(*) FROM DELIVERED");
	}

	private int count(String sql) {
		return this.jdbc.queryForObject(sql, Integer.class);
	}

	private static void await(String what, BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError(what + ": timed out");
			}
			LockSupport.parkNanos(5_000_000);
		}
	}

	private Child startBroker() {
		return start("broker", TestBroker.class,
				List.of(this.directory.resolve("broker").toString(), String.valueOf(this.port)))
			.await("ready");
	}

	private Child startWorker() {
		List<String> arguments = new ArrayList<>(List.of("worker"));
		arguments.addAll(this.properties);
		return start("worker", RemoteApplication.class, arguments);
	}

	private Child startManager(int round, String... command) {
		List<String> arguments = new ArrayList<>(List.of(command));
		arguments.add("--fault.cumulative=" + (round % 2 == 1));
		arguments.addAll(this.properties);
		return start("manager", RemoteApplication.class, arguments);
	}

	private Child start(String name, Class<?> program, List<String> arguments) {
		Child child = Child.start(this.directory.resolve(name + "-" + this.all.size() + ".log"),
				SharedClasses.unshared(), program, arguments);
		this.all.add(child);
		return child;
	}

}
