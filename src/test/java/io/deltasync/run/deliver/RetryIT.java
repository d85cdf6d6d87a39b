package io.deltasync.run.deliver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which calls to adapters are made again, and how often.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL })
class RetryIT extends ScriptedRuns {

	RetryIT() {
		super("scriptedDelayedSource", "deltasync.links.people.retry.attempts=3");
	}

	@Test
	void planningThatMaySucceedTheNextTimeIsAskedOfAFreshInstance() throws Exception {
		List<Object> asked = new ArrayList<>();
		this.script.plan = (source, context) -> {
			asked.add(source);
			if (asked.size() < 3) {
				throw new SocketTimeoutException("no answer");
			}
			return FetchStrategy.noRecords();
		};

		assertThat(run().success()).isTrue();

		assertThat(asked).hasSize(3).doesNotHaveDuplicates();
	}

	@Test
	void planningContinuesFromTheSameScope() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.delay(0, "first");
		this.script.planAgain = (source, context, scope) -> {
			if (this.script.plannedAgain.size() == 1) {
				throw new SQLTransientException("try again");
			}
			return FetchStrategy.noRecords();
		};

		assertThat(run().success()).isTrue();

		assertThat(this.script.plannedAgain).containsExactly("first", "first");
	}

	@Test
	void planningThatKeepsFailingAbortsTheRun() throws Exception {
		List<Object> asked = new ArrayList<>();
		this.script.plan = (source, context) -> {
			asked.add(source);
			throw new ConnectException("refused");
		};

		SyncEvent event = run();

		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("refused");
		assertThat(asked).hasSize(3);
	}

	@Test
	void permanentFailureIsNotRetried() throws Exception {
		List<Object> asked = new ArrayList<>();
		this.script.plan = (source, context) -> {
			asked.add(source);
			throw (asked.size() == 1) ? new IllegalStateException("a mistake")
					: new AbortRunException("the login is refused", new ConnectException("refused"));
		};
		assertThat(run().status()).isEqualTo(Status.ABORTED);
		assertThat(asked).hasSize(1);
		assertThat(run().status()).isEqualTo(Status.ABORTED);
		assertThat(asked).hasSize(2);
	}

	@Test
	void fetchedRecordsAreDeliveredBeforeAScopeIsRetried() throws Exception {
		scopes(60, 1);
		Script.Fetch fetch = this.script.fetch;
		Map<Thread, List<Object>> fetched = new ConcurrentHashMap<>();
		Set<String> failed = ConcurrentHashMap.newKeySet();
		this.script.fetch = (source, context, scope) -> {
			List<Object> before = fetched.computeIfAbsent(Thread.currentThread(), (thread) -> new ArrayList<>());
			if (failed.add(scope)) {
				throw new IOException("connection reset");
			}
			await(() -> this.script.target.keySet().containsAll(before));
			before.add(Integer.valueOf(scope));
			return fetch.fetchRecords(source, context, scope);
		};

		SyncEvent event = run();

		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(failed).hasSize(60);
	}

	@Test
	void scopeThatReturnedNoRecordIsFetchedAgainAndCountsOnce() throws Exception {
		scopes(3, 5);
		Script.Fetch fetch = this.script.fetch;
		List<Object> instances = new ArrayList<>();
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("1")) {
				instances.add(source);
				RunContext.currentContext().setCursor("attempt " + instances.size());
				if (instances.size() == 1) {
					throw new IOException("connection reset");
				}
				if (instances.size() == 2) {
					return breaking(List.of());
				}
			}
			return fetch.fetchRecords(source, context, scope);
		};

		SyncEvent event = run();

		assertThat(event.success()).isTrue();
		assertThat(event.records()).isEqualTo(new RecordCounts(15, 15, 0, 0, 0, 0, 0, 0));
		assertThat(event.cursorAfter()).isEqualTo("attempt 3");
		assertThat(instances).hasSize(3).doesNotHaveDuplicates();
	}

	@Test
	void scopeThatFailsAfterItsFirstRecordFailsAlone() throws Exception {
		scopes(2, 5);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> scope.equals("1") ? breaking(List.of(Script.record(100)))
				: fetch.fetchRecords(source, context, scope);

		SyncEvent event = run();

		assertThat(event.scopes().failed()).isEqualTo(1);
		assertThat(event.records()).isEqualTo(new RecordCounts(6, 6, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.fetched).containsExactlyInAnyOrder("0", "1");
	}

	@Test
	void scopeThatKeepsFailingFailsAlone() throws Exception {
		scopes(1, 5);
		this.script.fetch = (source, context, scope) -> {
			throw new IOException("connection reset");
		};

		SyncEvent event = run();

		assertThat(event.status()).isEqualTo(Status.COMPLETED);
		assertThat(event.scopes().failed()).isEqualTo(1);
		assertThat(this.script.fetched).containsExactly("0", "0", "0");
	}

	@Test
	void sourceThatStaysDownAbortsTheRunInsteadOfFailingEachScope() throws Exception {
		scopes(20, 5);
		this.script.fetch = (source, context, scope) -> {
			throw new ConnectException("refused");
		};

		SyncEvent event = run();

		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.scopes().failed()).isZero();
		// three times by each of three lanes
		assertThat(this.script.fetched).hasSizeLessThanOrEqualTo(9);
	}

	@Test
	void immediateIsPlannedAgainByTheInstanceThatFetchesAgain() throws Exception {
		List<Object> planned = new ArrayList<>();
		List<Object> fetched = new ArrayList<>();
		this.script.plan = (source, context) -> {
			planned.add(source);
			RunContext.currentContext().setCursor("plan " + planned.size());
			return FetchStrategy.immediate();
		};
		this.script.fetch = (source, context, scope) -> {
			fetched.add(source);
			if (fetched.size() == 1) {
				throw new ConnectException("refused");
			}
			return Script.records(0, 5);
		};

		SyncEvent event = run();

		assertThat(event.success()).isTrue();
		assertThat(event.records()).isEqualTo(new RecordCounts(5, 5, 0, 0, 0, 0, 0, 0));
		assertThat(event.cursorAfter()).isEqualTo("plan 2");
		assertThat(planned).hasSize(2).doesNotHaveDuplicates().isEqualTo(fetched);
	}

	@Test
	void immediateThatIsPlannedDifferentlyTheNextTimeIsLeftToARestart() throws Exception {
		List<Object> planned = new ArrayList<>();
		this.script.plan = (source, context) -> {
			planned.add(source);
			return (planned.size() == 1) ? FetchStrategy.immediate() : FetchStrategy.scopes(List.of("0"));
		};
		this.script.fetch = (source, context, scope) -> {
			if (scope == null) {
				throw new IOException("connection reset");
			}
			return Script.records(0, 5);
		};

		SyncEvent event = run();

		assertThat(event.scopes().failed()).isEqualTo(1);
		assertThat(event.errors().get(0).message()).contains("no longer answers IMMEDIATE", "restart");
		assertThat(restart(event).success()).isTrue();
	}

	@Test
	void sameBatchIsWrittenAgainBeforeItIsSplit() throws Exception {
		scopes(1, 5);
		AtomicInteger pushes = new AtomicInteger();
		this.script.beforePush = () -> {
			if (pushes.incrementAndGet() < 3) {
				throw new IllegalStateException(new SQLTransactionRollbackException("deadlock", "40001"));
			}
		};

		SyncEvent event = run();

		assertThat(event.success()).isTrue();
		assertThat(pushes).hasValue(3);
		assertThat(this.script.pushes).containsExactly(List.of(0, 1, 2, 3, 4));
	}

	@Test
	void targetThatStaysLockedAbortsTheRunAndNoRecordIsRejected() throws Exception {
		scopes(1, 40);
		this.script.targetDown = new QueryTimeoutException("Lock wait timeout exceeded");
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people': the target 'contact' keeps failing",
				"restart the run: Lock wait timeout exceeded");
		assertThat(this.script.pushes).hasSizeLessThan(12);
		assertThat(this.application.getBean(RunTables.class).rejects().waiting(LINK, 1)).isEmpty();
		this.script.targetDown = null;
		assertThat(restart(event).records()).isEqualTo(new RecordCounts(40, 40, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void requestToStopIsNoticedWhileABatchIsSplit() throws Exception {
		scopes(1, 40);
		this.script.poison.add(39);
		this.script.beforePush = () -> {
			if (this.script.pushes.size() == 3) {
				this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow().requestStop();
			}
		};
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.STOPPED);
		assertThat(this.script.pushes).hasSize(4);
		assertThat(event.records()).isEqualTo(RecordCounts.NONE);
		this.script.poison.clear();
		assertThat(restart(event).records()).isEqualTo(new RecordCounts(40, 40, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void targetIsAskedAgainForItsBatchSizeLimit() throws Exception {
		scopes(1, 5);
		AtomicInteger asked = new AtomicInteger();
		this.script.beforeLimit = () -> {
			if (asked.incrementAndGet() < 3) {
				throw new UncheckedIOException(new ConnectException("refused"));
			}
		};

		assertThat(run().success()).isTrue();
	}

	/** Gives records, and then breaks for a reason that may pass. */
	private static Iterable<RecordInFlight> breaking(List<RecordInFlight> given) {
		Iterator<RecordInFlight> records = given.iterator();
		return () -> new Iterator<>() {

			@Override
			public boolean hasNext() {
				if (!records.hasNext()) {
					throw new UncheckedIOException(new IOException("connection reset"));
				}
				return true;
			}

			@Override
			public RecordInFlight next() {
				return records.next();
			}

		};
	}

}
