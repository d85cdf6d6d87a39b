package io.deltasync.run;

import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Failure.Level;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.Watermark;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.lease.SlotTakenException;
import io.deltasync.lease.Slots;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.run.plan.Previews;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.testing.BreakingRecords;
import io.deltasync.testing.ClosingRecords;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.ScriptedSource;
import io.deltasync.testing.ScriptedTarget;
import io.deltasync.testing.TestDatabase;
import io.deltasync.testing.UnreadableRecords;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a run does, on any database that the JobRepository may live in.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL,
		TestDatabase.POSTGRESQL_OLDEST })
public class RunIT extends ScriptedRuns {

	public RunIT() {
		super("scriptedSource");
	}

	@Test
	void repositoryIsTheDatabaseAndNotMemory() throws Exception {
		run();
		assertThat(this.application.getBean(JdbcTemplate.class)
			.queryForObject("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION WHERE EXIT_CODE = 'COMPLETED'", Integer.class))
			.isOne();
	}

	@Test
	void firstRunAsksForEverythingAndTheNextForChangesSinceTheFirst() throws Exception {
		SyncEvent first = run();
		SyncEvent second = run();
		assertThat(this.script.contexts).extracting(LinkContext::lastSuccessfulSync)
			.containsExactly(null, first.runTimestamp());
		assertThat(second.windowStart()).isEqualTo(first.runTimestamp());
		assertThat(second.runTimestamp()).isAfter(first.runTimestamp());
		assertThat(this.script.contexts.get(0))
			.extracting(LinkContext::linkName, LinkContext::linkSourceName, LinkContext::linkTargetName,
					LinkContext::batchSizeLimit, LinkContext::isFullRun)
			.containsExactly(LINK, "person", "contact", 50, false);
	}

	@Test
	void planWithoutRecordsEndsTheRunAndMovesTheWindow() throws Exception {
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.COMPLETED);
		assertThat(event.success()).isTrue();
		assertThat(event.strategy()).isEqualTo("NO_RECORDS");
		assertThat(event.records()).isEqualTo(RecordCounts.NONE);
		assertThat(this.script.fetched).isEmpty();
		assertThat(this.events.lastSuccess(LINK).sync()).isEqualTo(event.runTimestamp());
	}

	@Test
	void immediateIsFetchedByTheInstanceThatPlanned() throws Exception {
		List<Object> instances = new ArrayList<>();
		this.script.plan = (source, context) -> {
			instances.add(source);
			return FetchStrategy.immediate(120);
		};
		this.script.fetch = (source, context, scope) -> {
			instances.add(source);
			assertThat(scope).isEqualTo(null);
			return Script.records(0, 120);
		};
		SyncEvent event = run();
		assertThat(instances).hasSize(2);
		assertThat(instances.get(0)).isSameAs(instances.get(1));
		assertThat(event.success()).isTrue();
		assertThat(event.expectedTotalRecords()).isEqualTo(120);
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(1, 1, 0));
		assertThat(event.records()).isEqualTo(new RecordCounts(120, 120, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.target).hasSize(120);
		assertThat(this.script.pushes).extracting(List::size).containsExactly(50, 50, 20);
	}

	@Test
	void instanceThatPlannedScopesIsNotKept() throws Exception {
		scopes(2, 1);
		List<Object> kept = Collections.synchronizedList(new ArrayList<>());
		this.script.fetch = (source, context, scope) -> {
			kept.add(this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow().takePlanned());
			return List.of();
		};
		assertThat(run().success()).isTrue();
		assertThat(kept).containsExactly(null, null);
	}

	@Test
	void immediateResultIsConsumedWhileItIsDeliveredAndClosed() throws Exception {
		List<String> log = new ArrayList<>();
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> new ClosingRecords(log, this.script);
		assertThat(run().success()).isTrue();
		assertThat(log).containsExactly("the first batch was written when the last record was read", "closed");
	}

	@Test
	void nextBatchIsFetchedWhileOneIsWrittenAndNoMore() throws Exception {
		CountDownLatch second = new CountDownLatch(1);
		AtomicInteger written = new AtomicInteger();
		this.script.beforePush = () -> awaitUnchecked(second);
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> () -> IntStream.range(0, 200).mapToObj((id) -> {
			if (id == 99) {
				second.countDown();
			}
			else if (id == 100) {
				written.set(this.script.target.size());
			}
			return Script.record(id);
		}).iterator();
		assertThat(run().success()).isTrue();
		assertThat(written.get()).isGreaterThanOrEqualTo(50);
		assertThat(this.script.pushes).extracting(List::size).containsExactly(50, 50, 50, 50);
	}

	@Test
	void scopesAreEachFetchedByAFreshInstanceAndAllDelivered() throws Exception {
		scopes(40, 7);
		Map<Object, Integer> instances = new ConcurrentHashMap<>();
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			instances.merge(source, 1, Integer::sum);
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.strategy()).isEqualTo("SCOPES");
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(40, 40, 0));
		assertThat(event.records().written()).isEqualTo(280);
		assertThat(this.script.target).hasSize(280);
		assertThat(this.script.fetched).hasSize(40).doesNotHaveDuplicates();
		assertThat(instances).hasSize(40).allSatisfy((source, times) -> assertThat(times).isOne());
	}

	@Test
	void batchesAreFilledAcrossScopesUpToTheLimit() throws Exception {
		scopes(200, 1);
		assertThat(run().success()).isTrue();
		assertThat(this.script.pushes).hasSizeLessThan(20)
			.allSatisfy((push) -> assertThat(push).hasSizeLessThanOrEqualTo(50));
	}

	@Test
	void scopeThatYieldsNothingIsNoError() throws Exception {
		scopes(5, 0);
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(5, 5, 0));
	}

	@Test
	void emptyListOfScopesIsNoRecords() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of());
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.strategy()).isEqualTo("NO_RECORDS");
	}

	@Test
	void windowStaysWhenOneRecordFailsAndTheOthersAreDelivered() throws Exception {
		SyncEvent monday = run();
		scopes(4, 25);
		this.script.poison.add(42);
		SyncEvent tuesday = run();
		assertThat(tuesday.status()).isEqualTo(Status.COMPLETED);
		assertThat(tuesday.success()).isFalse();
		assertThat(tuesday.records()).isEqualTo(new RecordCounts(100, 99, 0, 1, 0, 0, 0, 0));
		assertThat(this.script.target).hasSize(99).doesNotContainKey(42);
		assertThat(tuesday.errors()).singleElement().satisfies((failure) -> {
			assertThat(failure.level()).isEqualTo(Level.RECORD);
			assertThat(failure.key()).isEqualTo("42");
			assertThat(failure.scope()).isEqualTo(1);
			assertThat(failure.message()).contains("cannot take 42");
		});
		this.script.poison.clear();
		SyncEvent wednesday = run();
		assertThat(wednesday.windowStart()).isEqualTo(monday.runTimestamp());
		assertThat(wednesday.success()).isTrue();
		assertThat(this.events.lastSuccess(LINK).sync()).isEqualTo(wednesday.runTimestamp());
	}

	@Test
	void recordThatTheTargetMarksFailsAlone() throws Exception {
		scopes(1, 30);
		this.script.marked.add(3);
		SyncEvent event = run();
		assertThat(event.records()).isEqualTo(new RecordCounts(30, 29, 0, 1, 0, 0, 0, 0));
		assertThat(event.errors()).singleElement()
			.satisfies((failure) -> assertThat(failure.message()).contains("will not take 3"));
		assertThat(this.script.pushes).hasSize(1);
	}

	@Test
	void scopeThatThrowsFailsAloneAndTheWindowStays() throws Exception {
		scopes(10, 10);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("3")) {
				throw new IllegalStateException("page 3 is corrupt");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.COMPLETED);
		assertThat(event.success()).isFalse();
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(10, 9, 1));
		assertThat(event.records().written()).isEqualTo(90);
		assertThat(event.errors()).singleElement().satisfies((failure) -> {
			assertThat(failure.level()).isEqualTo(Level.SCOPE);
			assertThat(failure.scope()).isEqualTo(3);
			assertThat(failure.message()).contains("ScriptedSource", "page 3 is corrupt");
		});
		assertThat(this.events.lastSuccess(LINK).sync()).isNull();
	}

	@Test
	void scopeWhoseResultThrowsHalfwayKeepsTheRecordsBefore() throws Exception {
		scopes(3, 10);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> scope.equals("1") ? new BreakingRecords(10, 4)
				: fetch.fetchRecords(source, context, scope);
		SyncEvent event = run();
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(3, 2, 1));
		assertThat(event.records()).isEqualTo(new RecordCounts(24, 24, 0, 0, 0, 0, 0, 0));
		assertThat(event.errors()).singleElement()
			.satisfies((failure) -> assertThat(failure.message()).contains("Link 'people'",
					"fetchRecords of source adapter " + ScriptedSource.class.getName(), "connection reset",
					"restart the run"));
	}

	@Test
	void planThatCannotBeShownNamesLinkAndAdapter() {
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("the source has no such table");
		};
		Previews previews = new Previews(this.events, this.application.getBean(RunTables.class).inbox(),
				this.application.getBean(RunTables.class).columns(),
				this.application.getBean(RunTransactions.class).clock());
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> previews.preview(this.application.getBean(Links.class).get(LINK), Mode.DELTA))
			.withMessageContainingAll("Link 'people'", "planFetch of source adapter " + ScriptedSource.class.getName(),
					"the source has no such table");
	}

	@Test
	void nullResultOfFetchRecordsFailsTheScope() throws Exception {
		scopes(1, 1);
		this.script.fetch = (source, context, scope) -> null;
		SyncEvent event = run();
		assertThat(event.scopes().failed()).isOne();
		assertThat(event.errors()).singleElement()
			.satisfies((failure) -> assertThat(failure.message()).contains("Link 'people'", "fetchRecords",
					"ScriptedSource", "null", "empty list"));
	}

	@Test
	void nullRecordFailsTheScope() throws Exception {
		scopes(1, 1);
		this.script.fetch = (source, context, scope) -> Arrays.asList(Script.record(1), null);
		SyncEvent event = run();
		assertThat(event.scopes().failed()).isOne();
		assertThat(event.success()).isFalse();
		assertThat(event.errors().get(0).message())
			.contains("fetchRecords of source adapter " + ScriptedSource.class.getName(), "a record that is null");
	}

	@Test
	void planningErrorAbortsAndTheWindowStays() throws Exception {
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("the source has no such table");
		};
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.success()).isFalse();
		assertThat(event.errors()).singleElement().satisfies((failure) -> {
			assertThat(failure.level()).isEqualTo(Level.SYSTEM);
			assertThat(failure.message()).contains("Link 'people'",
					"planFetch of source adapter " + ScriptedSource.class.getName(), "the source has no such table",
					"restart the run");
		});
		assertThat(this.events.lastSuccess(LINK).sync()).isNull();
	}

	@Test
	void nullPlanAbortsAndNamesAdapterAndMethod() throws Exception {
		this.script.plan = (source, context) -> null;
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains(ScriptedSource.class.getName(), "planFetch", "null");
	}

	@Test
	void nullListOfScopesAbortsAndNamesAdapterAndRemedy() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(null);
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'",
				"planFetch of source adapter " + ScriptedSource.class.getName(), "the list of scopes is null",
				"FetchStrategy.noRecords()");
	}

	@Test
	void nullAmongTheScopesAbortsAndNamesItsPlace() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(Arrays.asList("a", null));
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", ScriptedSource.class.getName(),
				"scope 1 of 2 is null");
		assertThat(this.script.fetched).isEmpty();
	}

	@Test
	void strategyWhoseInterfaceTheAdapterLacksAborts() throws Exception {
		for (FetchStrategy answer : List.of(FetchStrategy.delay(0, "x"),
				FetchStrategy.cumulativeScopes(List.of("a"), null, "x"))) {
			this.script.plan = (source, context) -> answer;
			SyncEvent event = run();
			assertThat(event.status()).isEqualTo(Status.ABORTED);
			assertThat(event.errors().get(0).message()).contains("Link 'people'",
					"planFetch of source adapter " + ScriptedSource.class.getName(), answer.checkStrategyType(),
					"must implement DelayedPlanningAdapter");
		}
		this.script.plan = (source, context) -> FetchStrategy.queryLocator("SELECT 1");
		assertThat(run().errors().get(0).message()).contains("LOCATOR", "must implement SourceAdapterForRowPush");
		assertThat(this.script.fetched).isEmpty();
	}

	@Test
	void scopeThatCannotBeStoredAbortsAndNamesItsClass() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", 42));
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", ScriptedSource.class.getName(),
				"a java.lang.Integer, cannot be stored", "serializeScope");
		assertThat(this.script.fetched).isEmpty();
		assertThat(event.scopes().total()).isZero();
	}

	@Test
	void scopesAreAllStoredBeforeTheFirstIsFetched() throws Exception {
		scopes(700, 1);
		Script.Fetch fetch = this.script.fetch;
		List<Integer> stored = Collections.synchronizedList(new ArrayList<>());
		this.script.fetch = (source, context, scope) -> {
			if (stored.isEmpty()) {
				stored.add(this.application.getBean(JdbcTemplate.class)
					.queryForObject("SELECT SUM(SCOPE_COUNT) FROM SYNC_SCOPE_PAGE", Integer.class));
			}
			return fetch.fetchRecords(source, context, scope);
		};
		assertThat(run().success()).isTrue();
		assertThat(stored).isNotEmpty().containsOnly(700);
	}

	@Test
	void expectedTotalIsForDisplayAndNeverACheck() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate(1_000);
		this.script.fetch = (source, context, scope) -> Script.records(0, 3);
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.expectedTotalRecords()).isEqualTo(1_000);
		assertThat(event.records().written()).isEqualTo(3);
	}

	@Test
	void targetThatIsDownAbortsInsteadOfRejectingEachRecord() throws Exception {
		scopes(20, 50);
		this.script.targetDown = new IllegalStateException("no route", new ConnectException("Connection refused"));
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.records().failed()).isZero();
		// three times by each of three lanes
		assertThat(this.script.pushes).hasSizeLessThanOrEqualTo(9);
		assertThat(event.errors().get(0).message()).contains("Connection refused");
	}

	@Test
	void targetThatAbortsTheRunEndsIt() throws Exception {
		scopes(20, 50);
		this.script.targetDown = new AbortRunException("column 'x' is not there");
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("column 'x' is not there");
	}

	@Test
	void targetThatTakesNoRecordsIsASystemError() throws Exception {
		this.script.limits.add(0);
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(this.script.contexts).as("nothing is asked of the source").isEmpty();
		assertThat(event.errors()).singleElement().satisfies((failure) -> {
			assertThat(failure.level()).isEqualTo(Level.SYSTEM);
			assertThat(failure.message()).contains("Link 'people'",
					"getBatchSizeLimit of target adapter " + ScriptedTarget.class.getName() + " returned 0",
					"1 or more");
		});
	}

	@Test
	void cursorCountsOnlyIfTheRunSucceeds() throws Exception {
		this.script.plan = (source, context) -> {
			RunContext.currentContext().setCursor("200");
			return FetchStrategy.immediate();
		};
		assertThat(run().cursorAfter()).isEqualTo("200");
		this.script.plan = (source, context) -> {
			RunContext.currentContext().setCursor("300");
			return FetchStrategy.immediate();
		};
		this.script.fetch = (source, context, scope) -> Script.records(0, 1);
		this.script.poison.add(0);
		SyncEvent failed = run();
		assertThat(failed.success()).isFalse();
		assertThat(failed.cursorAfter()).isNull();
		run();
		assertThat(this.script.contexts.get(2).lastSuccessfulCursor()).isEqualTo("200");
	}

	@Test
	void warningsOfPlanningAndFetchingAreShownInTheEvent() throws Exception {
		this.script.plan = (source, context) -> {
			RunContext.currentContext().addWarning("the list may be incomplete");
			return FetchStrategy.scopes(List.of("0", "1"));
		};
		this.script.fetch = (source, context, scope) -> {
			RunContext.currentContext().addWarning("page " + scope + " is old");
			return List.of();
		};
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.warnings()).containsExactly("the list may be incomplete", "page 0 is old", "page 1 is old");
	}

	@Test
	void resultWhoseIteratorThrowsFailsTheScopeAndIsClosed() throws Exception {
		scopes(1, 1);
		List<String> log = new ArrayList<>();
		this.script.fetch = (source, context, scope) -> new UnreadableRecords(log);
		SyncEvent event = run();
		assertThat(event.scopes().failed()).isOne();
		assertThat(log).containsExactly("closed");
	}

	@Test
	void successfulRunThatSetsNoCursorKeepsTheLastOne() throws Exception {
		this.script.plan = (source, context) -> {
			RunContext.currentContext().setCursor("200");
			return FetchStrategy.noRecords();
		};
		run();
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
		assertThat(run().cursorAfter()).isEqualTo("200");
		run();
		assertThat(this.script.contexts.get(2).lastSuccessfulCursor()).isEqualTo("200");
	}

	@Test
	void cursorOfTheHighestScopeWinsHoweverScopesAreScheduled() throws Exception {
		scopes(30, 2);
		Script.Fetch fetch = this.script.fetch;
		CountDownLatch last = new CountDownLatch(1);
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("0")) {
				last.await();
			}
			if (!scope.equals("29")) {
				RunContext.currentContext().setCursor(scope);
			}
			if (scope.equals("28")) {
				last.countDown();
			}
			return fetch.fetchRecords(source, context, scope);
		};
		assertThat(run().cursorAfter()).isEqualTo("28");
	}

	@Test
	void fullRunIsGivenNeitherSyncNorCursorAndMovesBoth() throws Exception {
		this.script.plan = (source, context) -> {
			RunContext.currentContext().setCursor("c" + this.script.contexts.size());
			return FetchStrategy.noRecords();
		};
		run();
		SyncEvent full = run("FULL");
		assertThat(this.script.contexts.get(1))
			.extracting(LinkContext::lastSuccessfulSync, LinkContext::lastSuccessfulCursor, LinkContext::isFullRun)
			.containsExactly(null, null, true);
		run();
		assertThat(this.script.contexts.get(2))
			.extracting(LinkContext::lastSuccessfulSync, LinkContext::lastSuccessfulCursor)
			.containsExactly(full.runTimestamp(), "c2");
	}

	@Test
	void failedFullRunLeavesWindowAndCursorAsTheyWere() throws Exception {
		this.script.plan = (source, context) -> {
			RunContext.currentContext().setCursor("first");
			return FetchStrategy.noRecords();
		};
		SyncEvent first = run();
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("offline");
		};
		run("FULL");
		run("FULL");
		assertThat(this.events.lastSuccess(LINK).sync()).isEqualTo(first.runTimestamp());
		assertThat(this.events.lastSuccess(LINK).cursor()).isEqualTo("first");
	}

	@Test
	void windowStaysAtTheLastSuccessHoweverManyRunsFail() throws Exception {
		SyncEvent success = run();
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("offline");
		};
		for (int i = 0; i < 5; i++) {
			assertThat(run().windowStart()).isEqualTo(success.runTimestamp());
		}
		assertThat(this.events.newest(LINK, 10)).hasSize(6)
			.extracting(SyncEvent::success)
			.containsExactly(false, false, false, false, false, true);
	}

	@Test
	void windowIsThatOfTheNewestSuccessAfterAnyHistory() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 40; i++) {
			String cursor = random.nextBoolean() ? "c" + i : null;
			boolean fails = random.nextInt(3) > 0;
			boolean aborts = random.nextInt(3) == 0;
			this.script.plan = (source, context) -> {
				if (cursor != null) {
					RunContext.currentContext().setCursor(cursor);
				}
				if (aborts) {
					throw new IllegalStateException("offline");
				}
				return FetchStrategy.immediate();
			};
			this.script.fetch = (source, context, scope) -> Script.records(0, 1);
			this.script.poison.clear();
			if (fails) {
				this.script.poison.add(0);
			}
			run((random.nextInt(4) == 0) ? "FULL" : "DELTA");
			SyncEvent newestSuccess = this.events.newest(LINK, 1000)
				.stream()
				.filter(SyncEvent::success)
				.max(Comparator.comparing(SyncEvent::runTimestamp))
				.orElse(null);
			assertThat(this.events.lastSuccess(LINK)).as("seed %d, run %d", seed, i)
				.isEqualTo((newestSuccess == null) ? Watermark.NONE
						: new Watermark(newestSuccess.runTimestamp(), newestSuccess.cursorAfter()));
		}
	}

	@Test
	void secondStartIsRefusedAndNamesWhoHoldsTheLinkAndSinceWhen() throws Exception {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.script.plan = (source, context) -> {
			inside.countDown();
			go.await();
			return FetchStrategy.noRecords();
		};
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			Future<SyncEvent> first = thread.submit(() -> run());
			inside.await();
			assertThatExceptionOfType(LinkBusyException.class).isThrownBy(this::run)
				.withMessageContaining("'people'")
				.withMessageContaining("process " + ProcessHandle.current().pid())
				.withMessageContaining(Instant.now().toString().substring(0, 11));
			assertThat(this.events.newest(LINK, 10)).singleElement()
				.satisfies((event) -> assertThat(event.status()).isEqualTo(Status.PLANNING));
			go.countDown();
			assertThat(first.get().success()).isTrue();
			assertThat(run().success()).isTrue();
		}
		finally {
			go.countDown();
			thread.shutdown();
		}
	}

	@Test
	void stopEndsTheRunWithinABatch() throws Exception {
		// workers hear of it within a second: the run must not end before
		scopes(isRemote() ? 50_000 : 1000, isRemote() ? 1 : 50);
		AtomicBoolean asked = new AtomicBoolean();
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (this.script.fetched.size() >= 10) {
				if (asked.compareAndSet(false, true)) {
					this.operator.stop(this.events.newest(LINK)
						.map((event) -> this.application.getBean(JobRepository.class)
							.getJobExecution(event.attempts().get(0).jobExecutionId()))
						.orElseThrow());
				}
				this.application.getBean(ActiveRuns.class)
					.find(LINK)
					.orElseThrow()
					.lease()
					.awaitStopRequest(Duration.ofSeconds(30));
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.STOPPED);
		assertThat(event.records().addUp()).isTrue();
		assertThat(this.script.fetched).hasSizeLessThan(isRemote() ? 50_000 : 20);
		assertThat(this.events.lastSuccess(LINK).sync()).isNull();
	}

	@Test
	void stopThatWasAskedForAnEarlierRunDoesNotStopTheNext() throws Exception {
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("offline");
		};
		SyncEvent first = run();
		kill(first);
		JobExecution seenRunning = execution(first);
		assertThat(seenRunning.isRunning()).isTrue();
		scopes(1, 1);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			assertThatExceptionOfType(JobExecutionNotRunningException.class)
				.isThrownBy(() -> this.operator.stop(seenRunning))
				.withMessageContaining("no run of event " + first.id() + " is going on");
			assertThat(this.application.getBean(ActiveRuns.class)
				.find(LINK)
				.orElseThrow()
				.lease()
				.awaitStopRequest(Duration.ofSeconds(2))).isFalse();
			return fetch.fetchRecords(source, context, scope);
		};
		assertThat(run().success()).isTrue();
	}

	@Test
	void deadRunIsMarkedCrashedByTheNextWhichFetchesItsWindow() throws Exception {
		SyncEvent success = run();
		SyncEvent dead = run();
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', EXIT_CODE = 'UNKNOWN', END_TIME = NULL "
				+ "WHERE JOB_INSTANCE_ID = ?", dead.id());
		assertThat(this.events.find(dead.id()).orElseThrow().status()).isEqualTo(Status.CRASHED);
		SyncEvent next = run();
		assertThat(next.windowStart()).isEqualTo(success.runTimestamp());
		SyncEvent crashed = this.events.find(dead.id()).orElseThrow();
		assertThat(crashed.status()).isEqualTo(Status.CRASHED);
		assertThat(crashed.endedAt()).isNotNull();
		assertThat(next.success()).isTrue();
	}

	@Test
	void restartOfAnOlderRunIsRefusedBecauseTheNewerOneCoversItsWindow() throws Exception {
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("offline");
		};
		SyncEvent older = run();
		run();
		JobExecution execution = execution(older);
		assertThatExceptionOfType(JobRestartException.class).isThrownBy(() -> this.operator.restart(execution))
			.withMessageContaining("newer run")
			.withMessageContaining("covers its window");
	}

	@Test
	void startNextInstanceStartsADeltaRun() {
		JobExecution execution = this.operator.startNextInstance(this.job);
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(execution.getJobParameters().getString(RunParameters.MODE)).isEqualTo("DELTA");
	}

	@Test
	void startWithoutParametersIsADeltaRun() throws Exception {
		SyncEvent first = run();
		JobExecution execution = this.operator.start(this.job, new JobParameters());
		assertThat(execution.getJobParameters().getString(RunParameters.LAST_SUCCESSFUL_SYNC))
			.isEqualTo(first.runTimestamp().toString());
	}

	@Test
	void runWhoseProcessDiedBeforeAnAttemptWasStoredIsStartedByItsTimestamp() throws Exception {
		scopes(1, 10);
		JobParameters given = new JobParametersBuilder().addString("runTimestamp", "2026-01-01T00:00:00.000000Z")
			.toJobParameters();
		JobInstance left = this.application.getBean(JobRepository.class).createJobInstance(LINK, given);
		assertThat(this.events.newest(LINK, 10)).isEmpty();

		JobExecution execution = this.operator.start(this.job, given);

		assertThat(execution.getJobInstanceId()).isEqualTo(left.getId());
		assertThat(this.events.newest(LINK, 10)).singleElement().returns(true, SyncEvent::success);
	}

	@Test
	void runTimestampInTheFutureIsRefused() {
		assertThatExceptionOfType(InvalidJobParametersException.class)
			.isThrownBy(() -> this.operator.start(this.job,
					new JobParametersBuilder().addString("runTimestamp", "2999-01-01T00:00:00Z").toJobParameters()))
			.withMessageContaining("in the future");
		assertThat(this.events.newest(LINK, 10)).isEmpty();
	}

	@Test
	void runTimestampOfATypeWithoutATimeZoneIsRefusedByName() {
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> this.operator.start(this.job,
				new JobParametersBuilder().addLocalDateTime("runTimestamp", LocalDateTime.parse("2026-01-01T08:00:00"))
					.toJobParameters()))
			.withMessageContaining("runTimestamp=2026-01-01T08:00 is not a time; give an ISO instant");
	}

	@Test
	void slotOfAScheduleIsRunOnce() throws Exception {
		Slots slots = this.application.getBean(Slots.class);
		slots.open(LINK, "schedule", "daily", Instant.parse("2026-01-01T00:00:00Z"));
		SyncEvent event = this.events.find(startSlot("2026-01-03T00:00:00Z").getJobInstanceId()).orElseThrow();
		assertThat(event.trigger()).isEqualTo("schedule");
		assertThat(slots.find(LINK, "schedule")).contains(Instant.parse("2026-01-03T00:00:00Z"));
		for (String taken : List.of("2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z")) {
			assertThatExceptionOfType(SlotTakenException.class).isThrownBy(() -> startSlot(taken))
				.withMessageContaining("the slot of " + taken + " has been run");
		}
		startSlot("2026-01-04T00:00:00Z");
		assertThat(this.events.newest(LINK, 10)).hasSize(2);
	}

	private JobExecution startSlot(String slot) throws Exception {
		return this.operator.start(this.job,
				new JobParametersBuilder().addString("slot", slot, false)
					.addString("trigger", "schedule", false)
					.toJobParameters());
	}

	@Test
	void allLanesGetPages() throws Exception {
		scopes(300, 1);
		Set<String> lanes = ConcurrentHashMap.newKeySet();
		CountDownLatch all = new CountDownLatch(3);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (lanes.add(Thread.currentThread().getName())) {
				all.countDown();
			}
			assertThat(all.await(1, TimeUnit.MINUTES)).as("three lanes fetch at the same time").isTrue();
			return fetch.fetchRecords(source, context, scope);
		};
		assertThat(run().success()).isTrue();
	}

	@Test
	void verdictWaitsForAllLanesAlsoWhenOneCannotEvenBegin() throws Exception {
		scopes(300, 1);
		CountDownLatch working = new CountDownLatch(1);
		AtomicInteger atWork = new AtomicInteger();
		List<Integer> atWorkAtTheVerdict = Collections.synchronizedList(new ArrayList<>());
		this.script.fetch = (source, context, scope) -> {
			atWork.incrementAndGet();
			working.countDown();
			ActiveRun run = this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow();
			await(run.ending()::mustEnd);
			atWork.decrementAndGet();
			return List.of();
		};
		this.script.stepUpdate = (step) -> {
			if (step.getStepName().equals("lane:1") && step.getStatus() == BatchStatus.STARTED) {
				awaitLatch(working);
				throw new DataAccessResourceFailureException("the database is gone");
			}
			if (step.getStepName().equals("verdict")) {
				atWorkAtTheVerdict.add(atWork.get());
			}
		};
		SyncEvent event = run();
		assertThat(atWorkAtTheVerdict).isNotEmpty().containsOnly(0);
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", "lane:1", "the database is gone");
		if (!isRemote()) {
			// workers hear of it within a second
			assertThat(this.script.fetched).as("the others begin nothing more").hasSizeLessThan(3);
		}

		scopes(300, 1);
		this.script.stepUpdate = (step) -> {
		};
		assertThat(restart(event).success()).isTrue();
	}

	@Test
	void runWhoseLanesCannotBeStoredSaysSoAndIsRestarted() throws Exception {
		scopes(3, 1);
		this.script.stepCreation = (step) -> {
			if (step.equals("lane:1")) {
				throw new CannotAcquireLockException("somebody else has the row");
			}
		};
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("step 'lanes'", "somebody else has the row");

		this.script.stepCreation = (step) -> {
		};
		assertThat(restart(event).success()).isTrue();
		assertThat(this.script.target).hasSize(3);
	}

	@Test
	void runWhoseFlowBreaksSaysWhyAndIsRestarted() throws Exception {
		scopes(3, 1);
		this.script.stepCreation = (step) -> {
			if (step.equals("verdict")) {
				throw new CannotAcquireLockException("somebody else has the row");
			}
		};
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", "somebody else has the row");

		this.script.stepCreation = (step) -> {
		};
		assertThat(restart(event).success()).isTrue();
		assertThat(this.script.target).hasSize(3);
	}

	@Test
	void verdictWaitsForAllLanesAlsoWhenTheThreadOfTheRunIsInterrupted() throws Exception {
		scopes(300, 1);
		Thread ofTheRun = Thread.currentThread();
		AtomicInteger atWork = new AtomicInteger();
		List<Integer> atWorkAtTheVerdict = Collections.synchronizedList(new ArrayList<>());
		this.script.fetch = (source, context, scope) -> {
			atWork.incrementAndGet();
			ofTheRun.interrupt();
			ActiveRun run = this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow();
			await(run.ending()::mustEnd);
			atWork.decrementAndGet();
			return List.of();
		};
		this.script.stepUpdate = (step) -> {
			if (step.getStepName().equals("verdict")) {
				atWorkAtTheVerdict.add(atWork.get());
			}
		};
		SyncEvent event = run();
		assertThat(atWorkAtTheVerdict).isNotEmpty().containsOnly(0);
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", "interrupted");
	}

	private static void awaitLatch(CountDownLatch latch) {
		await(() -> latch.getCount() == 0);
	}

	@Test
	void targetThatChangesItsListChangesNothingElse() throws Exception {
		scopes(1, 30);
		this.script.poison.add(17);
		this.script.drain = true;
		SyncEvent event = run();
		assertThat(event.records()).isEqualTo(new RecordCounts(30, 29, 0, 1, 0, 0, 0, 0));
		assertThat(this.script.target).hasSize(29);
	}

	@Test
	void longErrorOfAScopeFailsThatScopeOnly() throws Exception {
		scopes(2, 1);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("0")) {
				throw new IllegalStateException("x".repeat(10_000));
			}
			return fetch.fetchRecords(source, context, scope);
		};
		assertThat(run().scopes()).isEqualTo(new ScopeCounts(2, 1, 1));
	}

	@Test
	@SuppressWarnings("removal")
	void jobThatWasNotStartedThroughTheOperatorEndsAndSaysWhy() throws Exception {
		JobRepository repository = this.application.getBean(JobRepository.class);
		TaskExecutorJobLauncher launcher = new TaskExecutorJobLauncher();
		launcher.setJobRepository(repository);
		launcher.afterPropertiesSet();
		JobExecution execution = launcher.run(this.job,
				new JobParametersBuilder().addString("runTimestamp", "2026-01-01T00:00:00Z").toJobParameters());
		JobExecution stored = repository.getJobExecution(execution.getId());
		assertThat(stored.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(stored.getEndTime()).isNotNull();
		assertThat(stored.getExitStatus().getExitDescription()).contains("Link 'people'", "JobOperator bean");
	}

	@Test
	void unknownModeIsRefusedAndNothingIsRecorded() {
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> run("FUL"))
			.withMessageContaining("people")
			.withMessageContaining("FUL")
			.withMessageContaining("DELTA");
		assertThat(this.events.newest(LINK, 10)).isEmpty();
	}

	private static void awaitUnchecked(CountDownLatch latch) {
		try {
			assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void adaptersAreClosedOnceEachWhenTheirExecutionContextEnds() throws Exception {
		scopes(5, 20);
		assertThat(run().success()).isTrue();
		closedOnce();
		breaking("1", "3");
		assertThat(run().success()).isFalse();
		closedOnce();
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> Script.records(0, 5);
		assertThat(run("FULL").success()).isTrue();
		closedOnce();
		this.script.beforePush = () -> {
			throw new AbortRunException("no");
		};
		assertThat(run("FULL").status()).isEqualTo(Status.ABORTED);
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("no plan");
		};
		assertThat(run("FULL").status()).isEqualTo(Status.ABORTED);
		closedOnce();
	}

	private void closedOnce() {
		assertThat(this.script.made).isNotEmpty();
		// a worker stores that a lane has ended before it closes what the lane has used
		if (isRemote()) {
			await(() -> this.script.closed.size() >= this.script.made.size());
		}
		assertThat(this.script.closed).containsExactlyInAnyOrderElementsOf(this.script.made);
	}

	@Test
	void exceptionOfCloseIsAWarning() throws Exception {
		scopes(2, 5);
		this.script.closing = new IllegalStateException("the socket is gone");
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.warnings())
			.anyMatch((warning) -> warning.contains("close of " + ScriptedSource.class.getName())
					&& warning.contains("the socket is gone"))
			.anyMatch((warning) -> warning.contains("close of " + ScriptedTarget.class.getName()));
	}

	@Test
	void sourceIsNotifiedOfASuccessOnceItIsStored() throws Exception {
		scopes(2, 5);
		List<Boolean> stored = new ArrayList<>();
		this.script.beforeSuccess = (context) -> stored.add(this.events.newest(LINK).orElseThrow().success());
		List<Object> scopes = new ArrayList<>();
		this.script.succeededScopes = (told) -> told.forEach(scopes::add);
		SyncEvent event = run();
		assertThat(stored).containsExactly(true);
		assertThat(this.script.succeeded).singleElement().satisfies((context) -> {
			assertThat(context.runTimestamp()).isEqualTo(event.runTimestamp());
			assertThat(context.lastSuccessfulSync()).isNull();
		});
		assertThat(scopes).containsExactly("0", "1");
		this.script.succeeded.clear();
		runTesting();
		breaking("0");
		SyncEvent failed = run();
		assertThat(failed.success()).isFalse();
		scopes(2, 5);
		assertThat(replay(failed).success()).isTrue();
		assertThat(this.script.succeeded).as("of testing runs, failed runs and replays it is not told").isEmpty();
		closedOnce();
	}

	@Test
	void failedNotificationOfTheSourceIsRepeatedAfterTheNextSuccess() throws Exception {
		scopes(2, 5);
		this.script.beforeSuccess = (context) -> {
			throw new IllegalStateException("the queue is away");
		};
		SyncEvent first = run();
		assertThat(first.success()).isTrue();
		assertThat(first.warnings()).singleElement()
			.satisfies((warning) -> assertThat(warning).contains("after the next one", "the queue is away"));
		this.script.beforeSuccess = (context) -> {
		};
		SyncEvent second = run();
		assertThat(this.script.succeeded).extracting(LinkContext::runTimestamp)
			.containsExactly(first.runTimestamp(), second.runTimestamp());
		assertThat(this.events.find(first.id()).orElseThrow().warnings()).isEmpty();
		run();
		assertThat(this.script.succeeded).hasSize(3);
	}

	@Test
	void sourceIsNotifiedOfASuccessEvenIfEarlierNotificationsFail() throws Exception {
		this.script.beforeSuccess = (context) -> {
			throw new IllegalStateException("the file is gone");
		};
		SyncEvent failed = run();
		for (int i = 0; i < 20; i++) {
			failed = run();
		}
		Instant last = failed.runTimestamp();
		this.script.beforeSuccess = (context) -> {
			if (!context.runTimestamp().isAfter(last)) {
				throw new IllegalStateException("the file is gone");
			}
		};
		SyncEvent event = run();
		assertThat(this.script.succeeded).extracting(LinkContext::runTimestamp).containsExactly(event.runTimestamp());
	}

	@Test
	void sourceIsNotifiedOfASuccessWhoseProcessDiedBefore() throws Exception {
		scopes(2, 5);
		this.script.beforeSuccess = (context) -> {
			throw new OutOfMemoryError("killed");
		};
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(this::run);
		SyncEvent first = this.events.newest(LINK).orElseThrow();
		assertThat(first.success()).isTrue();
		this.script.beforeSuccess = (context) -> {
		};
		SyncEvent second = run();
		assertThat(this.script.succeeded).extracting(LinkContext::runTimestamp)
			.containsExactly(first.runTimestamp(), second.runTimestamp());
	}

	@Test
	void warningsAreBoundedAndTheRestIsCounted() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0"));
		this.script.fetch = (source, context, scope) -> {
			IntStream.range(0, 5000).forEach((i) -> RunContext.currentContext().addWarning("warning " + i));
			return Script.records(0, 300);
		};
		SyncEvent event = run();
		assertThat(event.warnings()).hasSize(20);
		assertThat(event.warnings().get(19)).isEqualTo("and 2 more warnings");
		assertThat(this.application.getBean(RunTables.class).warnings().find(event.id(), 100)).hasSize(21)
			.contains("warning 0", "warning 19", "and 4980 more warnings of this scope");
	}

	@Test
	void warningsOfAScopeThatIsFetchedAgainAreStoredOnce() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		this.script.fetch = (source, context, scope) -> {
			RunContext.currentContext().addWarning("scope " + scope);
			if (scope.equals("1")) {
				throw new IllegalStateException("refused");
			}
			return Script.records(0, 5);
		};
		SyncEvent failed = run();
		this.script.fetch = (source, context, scope) -> {
			RunContext.currentContext().addWarning("scope " + scope);
			return Script.records(5, 10);
		};
		assertThat(restart(failed).warnings()).containsExactly("scope 0", "scope 1");
	}

	@Test
	void warningsBeforeTheFailureOfAScopeAreKept() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0"));
		this.script.fetch = (source, context, scope) -> {
			RunContext.currentContext().addWarning("the token is about to expire");
			throw new IllegalStateException("refused");
		};
		assertThat(run().warnings()).containsExactly("the token is about to expire");
	}

}
