package io.deltasync.run.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RunContext;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.run.RunTables;
import io.deltasync.scope.PlanAnswer;
import io.deltasync.scope.Plans;
import io.deltasync.scope.Strategy;
import io.deltasync.run.RunTables;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedDelayedSource;
import io.deltasync.testing.ScriptedRuns;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * DELAY and CUMULATIVE_SCOPES.
 */
@EachDatabase
class DelayIT extends ScriptedRuns {

	DelayIT() {
		super("scriptedDelayedSource", "deltasync.links.people.max-planning-time=2s");
	}

	private static List<String> listed(int from, int to) {
		return IntStream.range(from, to).mapToObj(String::valueOf).toList();
	}

	private void fetchOneRecordAScope() {
		this.script.fetch = (source, context, scope) -> List.of(Script.record(Integer.parseInt(scope)));
	}

	@Test
	void delayPlansAgainWithTheStoredScopeOnAFreshInstance() throws Exception {
		Map<Object, String> instances = new IdentityHashMap<>();
		this.script.plan = (source, context) -> {
			instances.put(source, "plan");
			return FetchStrategy.delay(0, "file 7");
		};
		this.script.planAgain = (source, context, scope) -> {
			assertThat(instances).doesNotContainKey(source);
			instances.put(source, "again");
			return this.script.plannedAgain.size() < 3 ? FetchStrategy.delay(0, scope + "!")
					: FetchStrategy.noRecords();
		};
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(this.script.plannedAgain).containsExactly("file 7", "file 7!", "file 7!!");
		assertThat(instances).hasSize(4);
		assertThat(event.strategy()).isEqualTo("NO_RECORDS");
	}

	@Test
	void answersOfTheSourceAreStored() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.delay(0, "file 7");
		this.script.planAgain = (source, context, scope) -> FetchStrategy.scopes(listed(0, 12));
		fetchOneRecordAScope();
		SyncEvent event = run();
		Plans plans = this.application.getBean(RunTables.class).plans();
		List<PlanAnswer> answers = plans.answers(event.id(), 10);
		assertThat(answers).extracting(PlanAnswer::round, PlanAnswer::strategy, PlanAnswer::scopes)
			.containsExactly(tuple(2, Strategy.SCOPES, 12L), tuple(1, Strategy.DELAY, 0L));
		assertThat(answers.get(0).delayedUntil()).isNull();
		assertThat(answers.get(1).delayedUntil()).isNotNull();
		assertThat(plans.answers(event.id(), 1)).hasSize(1);
	}

	@Test
	void immediateAfterDelayIsFetchedByTheInstanceThatPlannedAgain() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.delay(0, "file 7", 3);
		this.script.planAgain = (source, context, scope) -> {
			source.path = "/exports/" + scope;
			return FetchStrategy.immediate();
		};
		this.script.fetch = (source, context, scope) -> {
			assertThat(((ScriptedDelayedSource) source).path).isEqualTo("/exports/file 7");
			return Script.records(0, 3);
		};
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.records().written()).isEqualTo(3);
		assertThat(event.strategy()).isEqualTo("IMMEDIATE");
		assertThat(event.expectedTotalRecords()).as("once given it is remembered").isEqualTo(3);
	}

	@Test
	void scopesAfterDelayAreFetchedByFreshInstances() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.delay(0, null);
		this.script.planAgain = (source, context, scope) -> FetchStrategy.scopes(listed(0, 12));
		fetchOneRecordAScope();
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.records().written()).isEqualTo(12);
		assertThat(this.script.plannedAgain).containsExactly("null");
	}

	@Test
	void manyDelaysAreOneStepExecution() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.delay(0, "0");
		this.script.planAgain = (source, context, scope) -> scope.equals("30") ? FetchStrategy.noRecords()
				: FetchStrategy.delay(0, String.valueOf(Integer.parseInt(scope) + 1));
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(execution(event).getStepExecutions()).extracting((step) -> step.getStepName())
			.containsExactlyInAnyOrder("plan", "delay", "verdict");
	}

	@Test
	void waitIsStoredAndCanBeStoppedAtOnce() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.delay(10, "file 7");
		SyncEvent stopped = runUntilDelayed();
		assertThat(stopped.status()).isEqualTo(Status.STOPPED);
		assertThat(this.script.plannedAgain).isEmpty();
		assertThat(this.events.lastSuccess(LINK).sync()).isNull();
	}

	private SyncEvent runUntilDelayed() throws Exception {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			Future<SyncEvent> run = thread.submit(() -> run());
			await(() -> this.events.newest(LINK).filter((event) -> event.status() == Status.DELAYED).isPresent());
			Instant until = this.application.getBean(RunTables.class)
				.plans()
				.find(this.events.newest(LINK).orElseThrow().id())
				.delayedUntil();
			assertThat(until).isBetween(Instant.now().plus(Duration.ofMinutes(9)),
					Instant.now().plus(Duration.ofMinutes(11)));
			this.operator.stop(execution(this.events.newest(LINK).orElseThrow()));
			return run.get(1, TimeUnit.MINUTES);
		}
		finally {
			thread.shutdown();
		}
	}

	@Test
	void waitHoldsNoConnection() throws Exception {
		HikariDataSource pool = this.application.getBean(HikariDataSource.class);
		List<Integer> active = new ArrayList<>();
		CountDownLatch planned = new CountDownLatch(1);
		this.script.plan = (source, context) -> {
			active.add(pool.getHikariPoolMXBean().getActiveConnections());
			planned.countDown();
			return FetchStrategy.delay(10, "file 7");
		};
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			Future<SyncEvent> run = thread.submit(() -> run());
			// this test's own questions take connections, too
			assertThat(planned.await(1, TimeUnit.MINUTES)).isTrue();
			await(() -> this.events.newest(LINK).filter((event) -> event.status() == Status.DELAYED).isPresent());
			await(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
			this.operator.stop(execution(this.events.newest(LINK).orElseThrow()));
			run.get(1, TimeUnit.MINUTES);
		}
		finally {
			thread.shutdown();
		}
		assertThat(active).as("held while the adapter plans").containsExactly(0);
	}

	@Test
	void restartWaitsOnlyForWhatIsLeftAndThenPlansAgainWithTheStoredScope() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.delay(10, "file 7");
		SyncEvent stopped = runUntilDelayed();
		this.application.getBean(JdbcTemplate.class)
			.update("UPDATE SYNC_PLAN SET DELAYED_UNTIL = '2026-01-01 00:00:00' WHERE JOB_INSTANCE_ID = ?",
					stopped.id());
		SyncEvent restarted = restart(stopped);
		assertThat(restarted.success()).isTrue();
		assertThat(restarted.runTimestamp()).isEqualTo(stopped.runTimestamp());
		assertThat(restarted.attempts()).hasSize(2);
		assertThat(this.script.contexts).as("planFetch is called once").hasSize(1);
		assertThat(this.script.plannedAgain).containsExactly("file 7");
	}

	@Test
	void endlessPlanningIsAbortedAfterTheLinksTimeLimit() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.delay(0, "again");
		this.script.planAgain = (source, context, scope) -> FetchStrategy.delay(0, scope);
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", "PT2S",
				ScriptedDelayedSource.class.getName(), "DELAY", "max-planning-time");
	}

	@Test
	void planningThatThrowsOnTheThirdRoundAborts() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.delay(0, "x");
		this.script.planAgain = (source, context, scope) -> {
			if (this.script.plannedAgain.size() == 2) {
				throw new IllegalStateException("the export failed");
			}
			return FetchStrategy.delay(0, scope);
		};
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'",
				"planFetchAgain of source adapter " + ScriptedDelayedSource.class.getName(), "planning call 3",
				"the export failed");
		this.script.planAgain = (source, context, scope) -> FetchStrategy.noRecords();
		assertThat(restart(event).success()).isTrue();
		assertThat(this.script.contexts).as("planFetch is not called again").hasSize(1);
	}

	@Test
	void nullFromPlanFetchAgainAbortsAndNamesTheMethod() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.delay(0, "x");
		this.script.planAgain = (source, context, scope) -> null;
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("planFetchAgain", ScriptedDelayedSource.class.getName());
	}

	@Test
	void cumulativePagesAreAllFetchedOnce() throws Exception {
		pages(20, 10);
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.strategy()).isEqualTo("CUMULATIVE_SCOPES");
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(200, 200, 0));
		assertThat(event.expectedTotalRecords()).as("given with the first page only").isEqualTo(200);
		assertThat(this.script.fetched).hasSize(200).doesNotHaveDuplicates();
		assertThat(this.script.plannedAgain).hasSize(19).doesNotHaveDuplicates();
		assertThat(this.script.target).hasSize(200);
	}

	private void pages(int pages, int scopesEach) {
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(listed(0, scopesEach), null, "1",
				(long) pages * scopesEach);
		this.script.planAgain = (source, context, scope) -> {
			int page = Integer.parseInt(scope);
			return FetchStrategy.cumulativeScopes(listed(page * scopesEach, (page + 1) * scopesEach), null,
					(page + 1 < pages) ? String.valueOf(page + 1) : null);
		};
		fetchOneRecordAScope();
	}

	@Test
	void scopesAreFetchedDuringPlanning() throws Exception {
		CountDownLatch fetched = new CountDownLatch(1);
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(listed(0, 3), null, "1");
		this.script.planAgain = (source, context, scope) -> {
			assertThat(fetched.await(1, TimeUnit.MINUTES)).isTrue();
			return FetchStrategy.cumulativeScopes(listed(3, 6), null, null);
		};
		this.script.fetch = (source, context, scope) -> {
			fetched.countDown();
			return List.of(Script.record(Integer.parseInt(scope)));
		};
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).hasSize(6);
	}

	@Test
	void waitBetweenPagesIsStoredAndHoldsUpNoLane() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(listed(0, 4), 10, "1");
		this.script.planAgain = (source, context, scope) -> FetchStrategy.cumulativeScopes(listed(4, 6), null, null);
		fetchOneRecordAScope();
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			Future<SyncEvent> run = thread.submit(() -> run());
			await(() -> this.script.fetched.size() == 4);
			assertThat(this.script.plannedAgain).isEmpty();
			this.operator.stop(execution(this.events.newest(LINK).orElseThrow()));
			SyncEvent stopped = run.get(1, TimeUnit.MINUTES);
			assertThat(stopped.status()).isEqualTo(Status.STOPPED);
			assertThat(stopped.scopes()).isEqualTo(new ScopeCounts(4, 4, 0));
			this.application.getBean(JdbcTemplate.class)
				.update("UPDATE SYNC_PLAN SET DELAYED_UNTIL = '2026-01-01 00:00:00' WHERE JOB_INSTANCE_ID = ?",
						stopped.id());
			SyncEvent restarted = restart(stopped);
			assertThat(restarted.success()).isTrue();
			assertThat(restarted.scopes()).isEqualTo(new ScopeCounts(6, 6, 0));
			assertThat(this.script.plannedAgain).containsExactly("1");
		}
		finally {
			thread.shutdown();
		}
	}

	@Test
	void emptyPageWithAScopeContinuesPlanning() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(List.of(), null, "1");
		this.script.planAgain = (source, context, scope) -> scope.equals("1")
				? FetchStrategy.cumulativeScopes(List.of(), 0, "2")
				: FetchStrategy.cumulativeScopes(listed(0, 2), null, null);
		fetchOneRecordAScope();
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.scopes().done()).isEqualTo(2);
	}

	@Test
	void noRecordsAfterListsMeansNoMoreAndKeepsThem() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(listed(0, 4), null, "1");
		fetchOneRecordAScope();
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.scopes().done()).isEqualTo(4);
		assertThat(event.strategy()).isEqualTo("CUMULATIVE_SCOPES");
	}

	@Test
	void scopesAfterCumulativeScopesAreALastList() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(listed(0, 4), null, "1");
		this.script.planAgain = (source, context, scope) -> FetchStrategy.scopes(listed(4, 6));
		fetchOneRecordAScope();
		assertThat(run().scopes().done()).isEqualTo(6);
	}

	@Test
	void planningContinuesWithThePagesAfterADelay() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(listed(0, 4), null, "1");
		this.script.planAgain = (source, context, scope) -> scope.equals("1") ? FetchStrategy.delay(0, "2")
				: FetchStrategy.cumulativeScopes(listed(4, 5), null, null);
		fetchOneRecordAScope();
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.scopes().done()).isEqualTo(5);
	}

	@Test
	void immediateAfterCumulativeScopesIsAPlanningError() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(listed(0, 4), null, "1");
		this.script.planAgain = (source, context, scope) -> FetchStrategy.immediate();
		fetchOneRecordAScope();
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("planFetchAgain", "IMMEDIATE after CUMULATIVE_SCOPES",
				ScriptedDelayedSource.class.getName());
	}

	@Test
	void restartAsksForNoPageTwiceAndSkipsNone() throws Exception {
		pages(6, 5);
		List<String> asked = new ArrayList<>();
		Script.PlanAgain planAgain = this.script.planAgain;
		this.script.planAgain = (source, context, scope) -> {
			asked.add(scope);
			if (scope.equals("3") && asked.size() == 3) {
				throw new IllegalStateException("the source went away");
			}
			return planAgain.planFetchAgain(source, context, scope);
		};
		SyncEvent aborted = run();
		assertThat(aborted.status()).isEqualTo(Status.ABORTED);
		SyncEvent restarted = restart(aborted);
		assertThat(restarted.success()).isTrue();
		assertThat(restarted.scopes()).isEqualTo(new ScopeCounts(30, 30, 0));
		assertThat(restarted.records().written()).isEqualTo(30);
		assertThat(asked).containsExactly("1", "2", "3", "3", "4", "5");
		assertThat(this.script.contexts).hasSize(1);
		assertThat(this.script.target).hasSize(30);
	}

	@Test
	void lastCursorSetDuringPlanningCounts() throws Exception {
		this.script.plan = (source, context) -> {
			RunContext.currentContext().setCursor("first");
			return FetchStrategy.delay(0, "x");
		};
		this.script.planAgain = (source, context, scope) -> {
			RunContext.currentContext().setCursor("second");
			return FetchStrategy.noRecords();
		};
		assertThat(run().cursorAfter()).isEqualTo("second");
	}

}
