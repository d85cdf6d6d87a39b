package io.deltasync.run.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Stage;
import io.deltasync.testing.StagedApplication;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sixteen launches at the same moment, in two processes that share a database: none loses
 * to another what is its own.
 */
@EachDatabase
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LaunchIT {

	private static final int LAUNCHES = 16;

	private static final int ROUNDS = 4;

	private static final List<String> OWN = links("own");

	private static final List<String> FAILING = links("failing");

	private static final List<String> SHARED = links("shared");

	@Parameter
	private TestDatabase database;

	private final Stage stage = new Stage();

	private ExecutorService threads;

	private final CyclicBarrier barrier = new CyclicBarrier(LAUNCHES);

	private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

	private String schema;

	@BeforeParameterizedClassInvocation
	void start() {
		this.threads = Executors.newFixedThreadPool(LAUNCHES);
		this.schema = this.database.createSchema();
		List<String> links = new ArrayList<>(OWN);
		links.addAll(FAILING);
		links.addAll(SHARED);
		for (int i = 0; i < 2; i++) {
			this.applications.add(StagedApplication.start(this.database, this.schema, this.stage, links));
		}
	}

	@AfterParameterizedClassInvocation
	void stop() {
		this.threads.shutdown();
		this.applications.forEach(ConfigurableApplicationContext::close);
		this.applications.clear();
	}

	@AfterEach
	void release() {
		this.stage.clear();
	}

	private static List<String> links(String name) {
		return IntStream.range(0, LAUNCHES).mapToObj((number) -> name + number).toList();
	}

	private <T> T bean(Class<T> type) {
		return this.applications.get(0).getBean(type);
	}

	/**
	 * Returns how often a statement lost a deadlock or timed out waiting for a lock. H2
	 * does not count this: there, it must show in what is launched.
	 */
	private long lostLocks() {
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		return switch (this.database) {
			case H2 -> 0;
			// of the whole server, which is this test's own
			case MARIADB -> jdbc.queryForObject("""
					SELECT SUM(VARIABLE_VALUE) FROM INFORMATION_SCHEMA.GLOBAL_STATUS
					WHERE VARIABLE_NAME = 'INNODB_DEADLOCKS'""", Long.class);
			// of the connections to this schema: others may be at work on the server
			case MYSQL -> jdbc.queryForObject("""
					SELECT COALESCE(SUM(e.SUM_ERROR_RAISED), 0)
					FROM performance_schema.events_errors_summary_by_thread_by_error e
					JOIN performance_schema.threads t ON t.THREAD_ID = e.THREAD_ID
					WHERE t.PROCESSLIST_DB = ? AND e.ERROR_NAME IN ('ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT')""",
					Long.class, this.schema);
			default -> jdbc.queryForObject("SELECT deadlocks FROM pg_stat_database WHERE datname = CURRENT_CATALOG",
					Long.class);
		};
	}

	private SyncEvent newest(String link) {
		return bean(SyncEvents.class).newest(link).orElseThrow();
	}

	/** One of sixteen: every other one in the other process. */
	private JobExecution launch(int number, String link) throws Exception {
		ConfigurableApplicationContext application = this.applications.get(number % 2);
		this.barrier.await(1, TimeUnit.MINUTES);
		return application.getBean(JobOperator.class)
			.start(application.getBean(JobRegistry.class).getJob(link), new JobParameters());
	}

	private void launchEach(List<String> links) throws Exception {
		List<Future<JobExecution>> launched = IntStream.range(0, LAUNCHES)
			.mapToObj((number) -> this.threads.submit(() -> launch(number, links.get(number))))
			.toList();
		for (Future<JobExecution> launch : launched) {
			launch.get(2, TimeUnit.MINUTES);
		}
	}

	@Test
	void sixteenLinksAreLaunchedAtOnceAndNoneLosesADeadlock() throws Exception {
		long lost = lostLocks();
		OWN.forEach((link) -> this.stage.records(link, 250));
		for (int round = 1; round <= ROUNDS; round++) {
			launchEach(OWN);
			for (String link : OWN) {
				assertThat(newest(link).success()).as(newest(link).toString()).isTrue();
				assertThat(newest(link).records().written()).isEqualTo(250);
				assertThat(bean(SyncEvents.class).newest(link, 100)).hasSize(round);
			}
		}
		assertThat(lostLocks() - lost).as("deadlocks and lock wait time-outs").isZero();
	}

	@Test
	void noneLosesADeadlockWhileStoringRejects() throws Exception {
		long lost = lostLocks();
		FAILING.forEach((link) -> this.stage.records(link, 250));
		IntStream.range(100, 150).forEach(this.stage::refuse);
		for (int round = 1; round <= 2; round++) {
			launchEach(FAILING);
			for (String link : FAILING) {
				assertThat(newest(link).status()).as(newest(link).toString()).isEqualTo(SyncEvent.Status.COMPLETED);
				assertThat(newest(link).records().failed()).isEqualTo(50);
			}
		}
		assertThat(lostLocks() - lost).as("deadlocks and lock wait time-outs").isZero();
	}

	@Test
	void oneOfSixteenLaunchesOfALinkRunsAndTheOthersReportItBusy() throws Exception {
		for (String link : SHARED.subList(0, ROUNDS)) {
			// the first time there is no row yet to wait for
			for (int time = 1; time <= 2; time++) {
				this.stage.hold(link);
				ExecutorCompletionService<JobExecution> launches = new ExecutorCompletionService<>(this.threads);
				for (int i = 0; i < LAUNCHES; i++) {
					int number = i;
					launches.submit(() -> launch(number, link));
				}
				for (int i = 1; i < LAUNCHES; i++) {
					assertThat(failure(launches)).isInstanceOf(LinkBusyException.class).hasMessageContaining(link);
				}
				this.stage.release(link);
				assertThat(failure(launches)).isNull();
				assertThat(bean(SyncEvents.class).newest(link, 100)).hasSize(time);
				assertThat(newest(link).success()).as(newest(link).toString()).isTrue();
			}
			assertThat(this.stage.begun()).filteredOn(link::equals).hasSize(2);
		}
	}

	private static @Nullable Throwable failure(ExecutorCompletionService<JobExecution> launches) throws Exception {
		Future<JobExecution> next = launches.poll(2, TimeUnit.MINUTES);
		assertThat(next).as("a launch that has ended").isNotNull();
		try {
			next.get();
			return null;
		}
		catch (ExecutionException ex) {
			return ex.getCause();
		}
	}

	@Test
	void aLaunchThatLosesADeadlockIsStoredAnyway() throws Exception {
		Set<String> lost = ConcurrentHashMap.newKeySet();
		String link = SHARED.get(LAUNCHES - 2);
		Thread launching = Thread.currentThread();
		bean(ConfigurableTransactionManager.class).addListener(new TransactionExecutionListener() {

			@Override
			public void beforeCommit(TransactionExecution transaction) {
				String name = transaction.getTransactionName();
				if (Thread.currentThread() == launching && name.startsWith(repository() + ".create")
						&& lost.add(name)) {
					throw new CannotAcquireLockException("Deadlock found when trying to get lock");
				}
			}

		});
		bean(JobOperator.class).start(bean(JobRegistry.class).getJob(link), new JobParameters());
		assertThat(lost).contains(repository() + ".createJobInstance", repository() + ".createJobExecution");
		assertThat(newest(link).success()).as(newest(link).toString()).isTrue();
		assertThat(bean(SyncEvents.class).newest(link, 100)).hasSize(1);
	}

	/** SERIALIZABLE, Spring Batch's default, is what deadlocks come of. */
	@Test
	void launchesAreStoredAtReadCommitted() throws Exception {
		Map<String, Integer> levels = new ConcurrentHashMap<>();
		bean(ConfigurableTransactionManager.class).addListener(new TransactionExecutionListener() {

			@Override
			public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
				Integer level = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
				levels.put(transaction.getTransactionName(),
						(level != null) ? level : TransactionDefinition.ISOLATION_DEFAULT);
			}

		});
		String link = SHARED.get(LAUNCHES - 1);
		bean(JobOperator.class).start(bean(JobRegistry.class).getJob(link), new JobParameters());
		assertThat(levels).hasEntrySatisfying("%s.createJobExecution".formatted(repository()),
				(level) -> assertThat(level).isEqualTo(TransactionDefinition.ISOLATION_READ_COMMITTED));
		assertThat(levels.values()).isSubsetOf(TransactionDefinition.ISOLATION_READ_COMMITTED,
				TransactionDefinition.ISOLATION_DEFAULT);
	}

	private static String repository() {
		return "org.springframework.batch.core.repository.support.SimpleJobRepository";
	}

}
