package io.deltasync.run.lane;

import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.deltasync.api.FetchStrategy;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.remote.Worker;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.Tally;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestBroker;
import io.deltasync.testing.TestDatabase;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.core.JmsTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is particular to lanes that workers carry out.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RemoteLanesIT extends ScriptedRuns {

	private static final String QUEUE = "deltasync.lanes";

	private ExecutorService thread;

	RemoteLanesIT() {
		super("scriptedDelayedSource", "deltasync.lease=1m");
	}

	@Override
	public boolean isRemote() {
		return true;
	}

	@BeforeEach
	void noWorkers() {
		this.thread = Executors.newSingleThreadExecutor();
		this.worker.stopWorkers();
	}

	@AfterEach
	void end() {
		this.thread.shutdown();
	}

	@Test
	void workersExecuteLanesButDoNotPlan() throws Exception {
		Set<String> planners = ConcurrentHashMap.newKeySet();
		Set<String> fetchers = ConcurrentHashMap.newKeySet();
		cumulative(planners);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			fetchers.add(Thread.currentThread().getName());
			return fetch.fetchRecords(source, context, scope);
		};
		this.worker.start(this.script);
		SyncEvent event = run();
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(this.script.target).hasSize(600);
		assertThat(fetchers).isNotEmpty().allMatch((name) -> name.startsWith("deltasync-worker"));
		assertThat(planners).isNotEmpty().noneMatch((name) -> name.startsWith("deltasync-worker"));
	}

	@Test
	void lanesBeginDuringPlanning() throws Exception {
		CountDownLatch delivered = new CountDownLatch(1);
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(List.of("0"), null, "1");
		this.script.planAgain = (source, context, scope) -> {
			assertThat(delivered.await(1, TimeUnit.MINUTES)).as("the first scope is delivered").isTrue();
			return FetchStrategy.cumulativeScopes(List.of(scope), null, null);
		};
		this.script.fetch = (source, context, scope) -> Script.records(Integer.parseInt(scope),
				Integer.parseInt(scope) + 1);
		this.script.beforePush = delivered::countDown;
		this.worker.start(this.script);
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).hasSize(2);
	}

	@Test
	void deliveriesOfWorkersAreCountedOnceAndDuringTheRun() throws Exception {
		scopes(60, 50);
		CountDownLatch late = new CountDownLatch(1);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("59")) {
				assertThat(late.await(1, TimeUnit.MINUTES)).isTrue();
			}
			return fetch.fetchRecords(source, context, scope);
		};
		this.script.marked.add(7);
		ActiveRuns runs = this.application.getBean(ActiveRuns.class);
		Tally tally = runs.tally(LINK);
		long written = tally.written();
		long failed = tally.failed();
		ConfigurableApplicationContext worker = this.worker.start(this.script);
		Future<SyncEvent> run = this.thread.submit(() -> run());
		await(() -> runs.find(LINK).filter((found) -> found.counters().recordsThrough() > 0).isPresent());
		assertThat(tally.written()).as("while it goes on").isGreaterThan(written);
		late.countDown();
		SyncEvent event = run.get(1, TimeUnit.MINUTES);
		assertThat(event.records().failed()).as(event.toString()).isEqualTo(1);
		assertThat(tally.written() - written).isEqualTo(2999);
		assertThat(tally.failed() - failed).isEqualTo(1);
		assertThat(worker.getBean(ActiveRuns.class).tally(LINK).written()).as("in the worker").isZero();
		this.script.marked.clear();
		SyncEvent full = run("FULL");
		assertThat(full.success()).as(full.toString()).isTrue();
		assertThat(tally.written() - written).as("another run").isEqualTo(5999);
	}

	@Test
	void aRestartCountsOnlyTheDeliveriesOfItsWorkers() throws Exception {
		scopes(20, 5);
		Script.Fetch fetch = breaking("7", "8");
		Tally tally = this.application.getBean(ActiveRuns.class).tally(LINK);
		long written = tally.written();
		this.worker.start(this.script);
		SyncEvent failed = run();
		assertThat(tally.written() - written).as(failed.toString()).isEqualTo(90);
		this.script.fetch = fetch;
		assertThat(restart(failed).success()).isTrue();
		assertThat(tally.written() - written).isEqualTo(100);
	}

	@Test
	void immediateStaysWithTheProcessThatPlanned() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate(10);
		this.script.fetch = (source, context, scope) -> Script.records(0, 10);
		assertThat(run().success()).as("without any worker").isTrue();
	}

	@Test
	void aRunWithoutWorkersCanBeStopped() throws Exception {
		scopes(20, 5);
		Future<SyncEvent> run = this.thread.submit(() -> run());
		await(() -> openLanes() == 3);
		this.operator.stop(execution(this.events.newest(LINK).orElseThrow()));
		assertThat(run.get(1, TimeUnit.MINUTES).status()).isEqualTo(Status.STOPPED);
		assertThat(openLanes()).isZero();
	}

	@Test
	void aDuplicateMessageIsHarmless() throws Exception {
		scopes(60, 5);
		CountDownLatch begun = new CountDownLatch(3);
		CountDownLatch twice = new CountDownLatch(1);
		slowed(begun, twice);
		this.worker.start(this.script);
		this.worker.start(this.script);
		Future<SyncEvent> run = this.thread.submit(() -> run());
		assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
		List<Long> lanes = this.application.getBean(JdbcTemplate.class)
			.queryForList("SELECT STEP_EXECUTION_ID FROM SYNC_LANE", Long.class);
		lanes.forEach((lane) -> send("""
				{"link": "people", "stepName": "lane", "stepExecutionId": %d}""".formatted(lane)));
		twice.countDown();
		SyncEvent event = run.get(1, TimeUnit.MINUTES);
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records().fetched()).isEqualTo(300);
		assertThat(this.script.fetched).as("each scope is fetched once").hasSize(60).doesNotHaveDuplicates();
		lanes.forEach((lane) -> send("""
				{"link": "people", "stepName": "lane", "stepExecutionId": %d}""".formatted(lane)));
		await(() -> messages(QUEUE) == 0);
		assertThat(this.script.fetched).as("nor when the run has ended").hasSize(60);
	}

	@Test
	void aWorkerThatIsEndingLeavesItsLanesToAnother() throws Exception {
		scopes(60, 5);
		CountDownLatch begun = new CountDownLatch(3);
		CountDownLatch goOn = new CountDownLatch(1);
		slowed(begun, goOn);
		ConfigurableApplicationContext ending = this.worker.start(this.script);
		Future<SyncEvent> run = this.thread.submit(() -> run());
		assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
		Lifecycle lifecycle = (Lifecycle) ending.getBean(Worker.class);
		Thread end = new Thread(ending::close);
		end.start();
		await(() -> !lifecycle.isRunning());
		goOn.countDown();
		end.join();
		assertThat(run).isNotDone();
		int fetched = this.script.fetched.size();
		assertThat(fetched).as("it ends within its batches").isLessThan(60);
		this.worker.start(this.script);
		SyncEvent event = run.get(1, TimeUnit.MINUTES);
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records().fetched()).isEqualTo(300);
		assertThat(this.script.pushes.stream().mapToInt(List::size).sum())
			.as("nothing is delivered twice but of the scope that each lane had begun")
			.isBetween(300, 300 + 3 * 5);
	}

	@Test
	void workersOfADeadRunChangeNothing() throws Exception {
		scopes(60, 5);
		CountDownLatch begun = new CountDownLatch(3);
		CountDownLatch goOn = new CountDownLatch(1);
		AtomicInteger fetches = new AtomicInteger();
		AtomicInteger late = new AtomicInteger();
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (fetches.getAndIncrement() < 3) {
				begun.countDown();
				assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
				late.incrementAndGet();
			}
			return fetch.fetchRecords(source, context, scope);
		};
		this.worker.start(this.script);
		Future<SyncEvent> dead = this.thread.submit(() -> run());
		assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
		this.application.getBean(JdbcTemplate.class).update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
		SyncEvent event = this.events.newest(LINK).orElseThrow();
		ConfigurableApplicationContext other = this.worker.start(this.script);
		other.getBean(JobOperator.class).restart(execution(event));
		SyncEvent restarted = this.events.find(event.id()).orElseThrow();
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		goOn.countDown();
		dead.get(1, TimeUnit.MINUTES);
		this.worker.stopWorkers();
		assertThat(late).hasValue(3);
		assertThat(this.events.find(event.id()).orElseThrow()).isEqualTo(restarted);
		assertThat(restarted.records().fetched()).isEqualTo(300);
		assertThat(this.script.pushes.stream().mapToInt(List::size).sum()).as("nor is anything delivered")
			.isEqualTo(300);
	}

	@Test
	void aLaneThatWasTakenOverStoresNothing() throws Exception {
		scopes(60, 5);
		CountDownLatch pushing = new CountDownLatch(3);
		CountDownLatch goOn = new CountDownLatch(1);
		AtomicInteger pushes = new AtomicInteger();
		this.script.beforePush = () -> {
			if (pushes.getAndIncrement() < 3) {
				pushing.countDown();
				await(() -> goOn.getCount() == 0);
			}
		};
		this.worker.start(this.script);
		Future<SyncEvent> run = this.thread.submit(() -> run());
		assertThat(pushing.await(1, TimeUnit.MINUTES)).isTrue();
		// at once, so that the workers notice when they store, and not before
		this.application.getBean(JdbcTemplate.class)
			.update("UPDATE SYNC_LANE SET TOKEN = TOKEN + 1, EXPIRES_AT = NULL");
		goOn.countDown();
		SyncEvent event = run.get(1, TimeUnit.MINUTES);
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records().fetched()).isEqualTo(300);
		assertThat(this.script.pushes.stream().mapToInt(List::size).sum())
			.as("the first batch of each lane is delivered again")
			.isEqualTo(300 + 3 * 50);
	}

	@Test
	void aWorkerWithAnotherConfigurationEndsTheRun() throws Exception {
		scopes(20, 5);
		this.worker.start(this.script, "--deltasync.links.people.batch-size-limit=49");
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", "worker process ",
				"its configuration of the Link differs", "restart the run");
		assertThat(this.script.fetched).isEmpty();
	}

	@Test
	void workerWhoseConnectionLeadsElsewhereEndsTheRunAndDeliversNothing() throws Exception {
		this.worker.start(this.script, "--deltasync.connections.warehouse.url=jdbc:h2:mem:formerWarehouse");
		scopes(4, 5);
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", "its configuration of the Link differs");
		assertThat(this.script.target).isEmpty();
	}

	@Test
	void aTargetThatAWorkerFindsDownAbortsTheRun() throws Exception {
		scopes(20, 5);
		this.worker.start(this.script);
		CountDownLatch first = new CountDownLatch(1);
		this.script.beforePush = () -> {
			first.countDown();
			throw new io.deltasync.api.AbortRunException("the warehouse is closed");
		};
		SyncEvent event = run();
		assertThat(first.getCount()).isZero();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", "the warehouse is closed");
	}

	@Test
	void aBrokerThatIsRestartedIsConnectedToAgain() throws Exception {
		scopes(60, 5);
		CountDownLatch begun = new CountDownLatch(3);
		CountDownLatch goOn = new CountDownLatch(1);
		slowed(begun, goOn);
		this.worker.start(this.script);
		Future<SyncEvent> run = this.thread.submit(() -> run());
		assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
		this.worker.broker().close();
		goOn.countDown();
		assertThat(run.get(1, TimeUnit.MINUTES).success()).as("lanes in hand go on").isTrue();
		Future<SyncEvent> next = this.thread.submit(() -> run("FULL"));
		this.worker.startBroker();
		assertThat(next.get(1, TimeUnit.MINUTES).success()).isTrue();
	}

	@Test
	void aRunThatIsStoppedWhileTheBrokerIsAwayIsStopped() throws Exception {
		scopes(20, 5);
		this.worker.broker().close();
		try {
			Future<SyncEvent> run = this.thread.submit(() -> run());
			await(() -> openLanes() == 3);
			this.operator.stop(execution(this.events.newest(LINK).orElseThrow()));
			assertThat(run.get(1, TimeUnit.MINUTES).status()).isEqualTo(Status.STOPPED);
		}
		finally {
			this.worker.startBroker();
		}
	}

	@Test
	void foreignMessagesAreNotReadAndCauseNoError() throws Exception {
		scopes(20, 5);
		send("no JSON");
		send("""
				{"link": "people", "stepName": "lane"}""");
		send("""
				["java.lang.ProcessBuilder", {"command": ["true"]}]""");
		template().send(QUEUE, (session) -> session.createObjectMessage(new Tripwire()));
		Tripwire.sprung.set(false);
		this.worker.start(this.script);
		assertThat(run().success()).isTrue();
		await(() -> messages(QUEUE) == 0 && messages(TestBroker.DEAD_LETTERS) == 4);
		assertThat(Tripwire.sprung).isFalse();
	}

	private void cumulative(Set<String> planners) {
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(List.of("0", "1", "2"), null, "3");
		this.script.planAgain = (source, context, scope) -> {
			planners.add(Thread.currentThread().getName());
			int next = Integer.parseInt(scope) + 1;
			return FetchStrategy.cumulativeScopes(List.of(scope), null, (next < 60) ? String.valueOf(next) : null);
		};
		this.script.fetch = (source, context, scope) -> {
			int from = Integer.parseInt(scope) * 10;
			return Script.records(from, from + 10);
		};
	}

	private void slowed(CountDownLatch begun, CountDownLatch goOn) {
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			begun.countDown();
			assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
			return fetch.fetchRecords(source, context, scope);
		};
	}

	private int openLanes() {
		return this.application.getBean(JdbcTemplate.class)
			.queryForObject("SELECT COUNT(*) FROM SYNC_LANE", Integer.class);
	}

	private long messages(String address) {
		try {
			return this.worker.broker().messages(address);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private JmsTemplate template() {
		return new JmsTemplate(new ActiveMQConnectionFactory(this.worker.broker().url()));
	}

	private void send(String text) {
		template().send(QUEUE, (session) -> session.createTextMessage(text));
	}

	/** Tells when somebody makes one of a message. */
	static class Tripwire implements Serializable {

		static final AtomicBoolean sprung = new AtomicBoolean();

		private static final long serialVersionUID = 1L;

		private void readObject(ObjectInputStream in) {
			sprung.set(true);
		}

	}

}
