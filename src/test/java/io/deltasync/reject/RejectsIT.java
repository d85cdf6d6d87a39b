package io.deltasync.reject;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.deltasync.api.Operation;
import io.deltasync.reject.Reject.Stage;
import io.deltasync.reject.Reject.State;
import io.deltasync.scope.Scopes;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.SqlProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is stored of records that failed, and when they are tried again.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL,
		TestDatabase.POSTGRESQL_OLDEST })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejectsIT {

	private static final String LINK = "people";

	private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.123456Z");

	@Parameter
	private TestDatabase database;

	private JdbcTemplate jdbc;

	private Rejects rejects;

	private ClosedRejects closed;

	private RejectChanges changes;

	private RejectsToDeliver toDeliver;

	@BeforeParameterizedClassInvocation
	void makeTables() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(this.database.createSchema()));
		this.database.makeTables(this.jdbc);
		IntStream.range(0, 20).forEach((event) -> this.jdbc.update("INSERT INTO BATCH_JOB_INSTANCE VALUES (?)", event));
		this.rejects = new Rejects(this.jdbc);
		this.closed = new ClosedRejects(this.jdbc);
		this.changes = new RejectChanges(this.jdbc, this.database.product());
		this.toDeliver = new RejectsToDeliver(this.jdbc);
	}

	@BeforeEach
	void forget() {
		this.jdbc.update("DELETE FROM SYNC_REJECT");
		this.jdbc.update("DELETE FROM SYNC_REJECT_SCOPE");
	}

	@Test
	void timeUntilTheNextTryDoublesFromTwoMinutesToADay() {
		List<Long> minutes = new ArrayList<>();
		for (int event = 1; event <= 14; event++) {
			fail(run(event, 1), "7");
			minutes.add(Duration.between(NOW, only().nextTry()).toMinutes());
		}
		assertThat(minutes).containsExactly(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L, 1440L, 1440L, 1440L,
				1440L);
	}

	@Test
	void unacknowledgedRejectHasNoNextTry() {
		fail(run(1, 3), "7");
		assertThat(only().nextTry()).isNull();
		assertThat(due(2, NOW.plus(Duration.ofDays(9)))).isEmpty();
	}

	@Test
	void recordIsQuarantinedInTheRunThatReachesTheLimit() {
		assertThat(fail(run(1, 3), "7")).isFalse();
		assertThat(fail(run(2, 3), "7")).isFalse();
		assertThat(only().state()).isEqualTo(State.OPEN);
		assertThat(fail(run(3, 3), "7")).as("this run still fails").isFalse();
		assertThat(only().state()).isEqualTo(State.QUARANTINED);
		assertThat(fail(run(4, 3), "7")).as("the next does not").isTrue();
		assertThat(only().attempts()).isEqualTo(4);
	}

	@Test
	void quarantineAfterOneRunTakesEffectImmediately() {
		assertThat(fail(run(1, 1), "7")).isFalse();
		assertThat(only().state()).isEqualTo(State.QUARANTINED);
		assertThat(fail(run(2, 1), "7")).isTrue();
	}

	@Test
	void runCountsOnceHoweverOftenARecordFailsInItAndAReplayNotAtAll() {
		fail(run(1, 9), "7");
		fail(run(1, 9), "7");
		assertThat(only().attempts()).isEqualTo(1);
		fail(new RejectingRun(LINK, 2, 2, false, true, 9), "7");
		assertThat(only().attempts()).isEqualTo(1);
		assertThat(only().lastEvent()).isEqualTo(2);
		fail(run(3, 9), "7");
		assertThat(only().attempts()).isEqualTo(2);
		assertThat(only().firstEvent()).isEqualTo(1);
	}

	@Test
	void recordThatFailsAfterItsRejectWasClosedStartsAgain() {
		fail(run(1, 9), "7");
		fail(run(2, 9), "7");
		closeRejects(State.DELIVERED, List.of("7"));
		assertThat(failed(run(3, 9), record("7", "v1"), NOW.plusSeconds(5))).isFalse();
		assertThat(only().attempts()).isEqualTo(1);
		assertThat(only().firstEvent()).isEqualTo(3);
		assertThat(only().firstSeen()).isEqualTo(NOW.plusSeconds(5));
	}

	@Test
	void discardedVersionStaysDiscardedAndAnotherVersionStartsAgain() {
		fail(run(1, 9), "7");
		assertThat(this.rejects.discard(only().id())).isTrue();
		long id = id("7");
		assertThat(fail(run(2, 9), "7")).as("of no concern to the run").isTrue();
		assertThat(this.rejects.find(id).orElseThrow().state()).isEqualTo(State.DISCARDED);
		assertThat(failed(run(3, 9), record("7", "v2"), NOW)).isFalse();
		assertThat(only().state()).isEqualTo(State.OPEN);
		assertThat(only().attempts()).isEqualTo(1);
		assertThat(only().firstEvent()).isEqualTo(3);
	}

	@Test
	void closedRejectIsNeitherAcknowledgedNorDiscarded() {
		fail(run(1, 9), "7");
		long id = only().id();
		closeRejects(State.DELIVERED, List.of("7"));
		assertThat(this.rejects.acknowledge(id, NOW)).isFalse();
		assertThat(this.rejects.discard(id)).isFalse();
		assertThat(this.rejects.find(id).orElseThrow().state()).isEqualTo(State.DELIVERED);
		assertThat(this.rejects.anyWaiting(LINK)).isFalse();
		assertThat(this.rejects.find(id + 1)).isEmpty();
	}

	@Test
	void testingRunKeepsRejectsOfItsOwn() {
		fail(run(1, 9), "7");
		fail(new RejectingRun(LINK, 2, 2, true, false, 9), "7");
		assertThat(only().lastEvent()).isEqualTo(1);
		assertThat(this.rejects.metLast(LINK, 2, 10)).extracting(RecordFailure::key).containsExactly("7");
		assertThat(only().state()).isEqualTo(State.OPEN);
	}

	@Test
	void failuresOfARunExcludeRecordsDeliveredSinceAndScopesFetchedAgain() {
		for (long scope = 0; scope < 4; scope++) {
			failed(run(1, 9), record("r" + scope, "v1", scope), NOW);
		}
		closeRejects(State.DELIVERED, List.of("r0"));
		closeRejects(State.DISCARDED, List.of("r1"));
		this.changes.fetchedAgain(LINK, 1, new Scopes(List.of(2L)), 100);
		assertThat(this.rejects.failing(LINK, 1, 10)).containsExactly(new RecordFailure(3L, "r3", "no good"));
		this.rejects.discard(id("r3"));
		assertThat(this.rejects.failing(LINK, 1, 10)).as("what a person gives up has failed").hasSize(1);
		assertThat(this.rejects.metLast(LINK, 1, 10)).hasSize(4);
		assertThat(this.rejects.metLast(LINK, 1, 2)).hasSize(2);
	}

	@Test
	void onlyOpenRejectsMetAfterTheLastSuccessHoldTheWindow() {
		fail(run(1, 9), "before");
		fail(run(1, 9), "again");
		fail(run(1, 9), "alone");
		fail(run(3, 9), "after");
		fail(run(3, 9), "acknowledged");
		fail(run(3, 9), "again");
		failed(run(3, 9), record("alone", "v1", Reject.ALONE), NOW);
		this.rejects.acknowledge(id("acknowledged"), NOW);
		assertThat(keys(this.rejects.holding(LINK, 2, 10))).containsExactly("again", "after");
		assertThat(keys(this.rejects.holding(LINK, 3, 10))).isEmpty();
		assertThat(keys(this.rejects.holding(LINK, 0, 2))).containsExactly("before", "again");
		assertThat(this.rejects.backlog(LINK, 2)).containsEntry(Waiting.HOLDING, new Backlog(2, NOW))
			.containsEntry(Waiting.LEFT, new Backlog(2, NOW))
			.containsEntry(Waiting.ACKNOWLEDGED, new Backlog(1, NOW));
		failed(run(4, 9), record("after", "v1", Reject.ALONE), NOW);
		assertThat(keys(this.rejects.holding(LINK, 2, 10))).as("it failed first after the success")
			.containsExactly("again", "after");
	}

	@Test
	void rejectOfADeletedRecordIsClosedAndStartsAgainWhenTheRecordReturns() {
		fail(run(1, 9), "a");
		fail(run(2, 9), "a");
		long id = id("a");
		UnmetRejects unmet = new UnmetRejects(this.jdbc);
		assertThat(unmet.find(LINK, 0, 3, 0, 10)).singleElement()
			.isEqualTo(new UnmetRejects.Unmet(id, State.OPEN, 1, 2, null));
		assertThat(unmet.find(LINK, 2, 3, 0, 10)).isEmpty();
		unmet.close(List.of(id), NOW);
		assertThat(this.rejects.waiting(LINK, 10)).isEmpty();
		assertThat(this.rejects.find(id).orElseThrow().state()).isEqualTo(State.GONE);
		assertThat(this.rejects.acknowledge(id, NOW)).isFalse();
		assertThat(fail(run(4, 9), "a")).isFalse();
		assertThat(only().state()).isEqualTo(State.OPEN);
		assertThat(only().attempts()).isEqualTo(1);
		assertThat(only().firstEvent()).isEqualTo(4);
		unmet.close(List.of(id), NOW);
		assertThat(this.closed.remove(NOW.plusMillis(1), 10)).isEqualTo(1);
	}

	@Test
	void acknowledgedRecordIsDueAtItsTimeInRunsThatHaveNotMetIt() {
		fail(run(1, 9), "7");
		assertThat(this.rejects.acknowledge(only().id(), NOW)).isTrue();
		assertThat(due(2, NOW.minusMillis(1))).isEmpty();
		assertThat(due(2, NOW)).containsExactly("7");
		assertThat(due(1, NOW)).as("the run has met it").isEmpty();
		this.toDeliver.cannotRestore(only().id(), "its class is gone");
		assertThat(only().notRestorable()).isEqualTo("its class is gone");
		assertThat(due(2, NOW)).isEmpty();
	}

	@Test
	void restartTriesWhatEarlierAttemptsOfTheSameRunLeftUnlessItsScopeIsFetchedAgain() {
		failed(run(1, 9), record("7", "v1", 3L), NOW);
		failed(run(1, 9), record("8", "v1", 4L), NOW);
		failed(run(1, 9), record("9", "v1", 5L), NOW);
		assertThat(keys(this.toDeliver.ofEarlierAttempts(run(1, 9), 0, 10))).as("of this very attempt").isEmpty();
		RejectingRun restart = new RejectingRun(LINK, 1, 2, false, false, 9);
		assertThat(keys(this.toDeliver.ofEarlierAttempts(restart, 0, 10))).containsExactly("7", "8", "9");
		assertThat(keys(this.toDeliver.ofEarlierAttempts(restart, id("7"), 1))).containsExactly("8");
		this.changes.fetchedAgain(LINK, 1, new Scopes(List.of()), 100);
		this.changes.fetchedAgain(LINK, 2, new Scopes(List.of(3L)), 100);
		assertThat(keys(this.toDeliver.ofEarlierAttempts(restart, 0, 10))).containsExactly("7", "8", "9");
		this.changes.fetchedAgain(LINK, 1, new Scopes(List.of(3L, 5L)), 100);
		assertThat(keys(this.toDeliver.ofEarlierAttempts(restart, 0, 10))).containsExactly("8");
		this.changes.fetchedAgain(LINK, 1, Scopes.ALL, 100);
		assertThat(keys(this.toDeliver.ofEarlierAttempts(restart, 0, 10))).isEmpty();
	}

	@Test
	void largestBatchFindsAndClosesItsRejects() {
		failed(run(1, 9), record("first", "v1", 1L), NOW);
		failed(run(1, 9), record("last", "v1", 1L), NOW);
		List<String> records = new ArrayList<>(List.of("first"));
		IntStream.range(0, 100_000).forEach((number) -> records.add("good" + number));
		records.add("last");
		this.changes.lock(LINK, records);
		this.changes.supersede(this.changes.waitingVersions(LINK, records).stream().map(WaitingVersion::id).toList());
		assertThat(this.toDeliver.notToReplay(LINK, 1)).isEqualTo(2);
		assertThat(closeRejects(State.DELIVERED, records)).extracting(WaitingVersion::recordId)
			.containsExactly("first", "last");
		assertThat(this.rejects.anyWaiting(LINK)).isFalse();
	}

	@Test
	void replayDeliversTheRejectsThatItsEventMet() {
		failed(run(1, 9), record("old", "v1", 1L), NOW);
		failed(run(2, 9), record("both", "v1", 1L), NOW);
		failed(run(3, 9), record("new", "v1", 1L), NOW);
		failed(run(3, 9), record("both", "v1", 1L), NOW);
		assertThat(keys(this.toDeliver.toReplay(LINK, 2, 0, 0, 10))).containsExactly("both");
		assertThat(keys(this.toDeliver.toReplay(LINK, 2, 3, 0, 10))).as("what the replay itself met").isEmpty();
		assertThat(keys(this.toDeliver.toReplay(LINK, 3, 0, 0, 10))).containsExactly("both", "new");
		assertThat(keys(this.toDeliver.toReplay(LINK, 3, 0, id("both"), 10))).containsExactly("new");
	}

	@Test
	void rejectsThatAReplayOmitsAreCounted() {
		for (String key : List.of("a", "b", "c", "d", "e")) {
			failed(run(5, 9), record(key, "v1", 1L), NOW);
		}
		this.toDeliver.cannotRestore(id("a"), "masked");
		this.toDeliver.cannotRestore(id("b"), "masked");
		assertThat(this.toDeliver.notToReplay(LINK, 5)).isEqualTo(2);
		assertThat(this.toDeliver.notToReplay(LINK, 4)).isZero();
		assertThat(keys(this.toDeliver.toReplay(LINK, 5, 0, 0, 10))).containsExactly("c", "d", "e");
	}

	@Test
	void quarantinedRecordFailsItsFirstRunOnceToo() {
		assertThat(failed(run(1, 1), record("7", "v1", 3L), NOW)).isFalse();
		assertThat(failed(run(1, 1), record("7", "v2", 3L), NOW)).isTrue();
		assertThat(only().state()).isEqualTo(State.QUARANTINED);
		assertThat(closeRejects(State.DELIVERED, List.of("7")).get(0).fails(1, 3)).isTrue();
		failed(run(2, 1), record("7", "v1", 3L), NOW);
		failed(run(3, 1), record("7", "v1", 3L), NOW);
		assertThat(closeRejects(State.DELIVERED, List.of("7")).get(0).fails(3, 3)).as("it was acknowledged there")
			.isFalse();
	}

	@Test
	void recordFailsItsRunOncePerScope() {
		assertThat(failed(run(1, 9), record("7", "v1", 3L), NOW)).isFalse();
		assertThat(failed(run(1, 9), record("7", "v2", 3L), NOW)).isTrue();
		assertThat(failed(run(1, 9), record("7", "v2", 4L), NOW)).isFalse();
		assertThat(failed(new RejectingRun(LINK, 1, 2, false, false, 9), record("7", "v2", 4L), NOW))
			.as("in another attempt")
			.isFalse();
		assertThat(failed(run(2, 9), record("7", "v2", 4L), NOW)).isFalse();
		WaitingVersion waiting = closeRejects(State.DELIVERED, List.of("7")).get(0);
		assertThat(waiting.fails(2, 4)).isTrue();
		assertThat(waiting.fails(2, 3)).isFalse();
		assertThat(waiting.fails(1, 4)).isFalse();
		assertThat(closeRejects(State.DELIVERED, List.of("7"))).isEmpty();
	}

	@Test
	void recordThatFailedInSeveralScopesIsCountedInEachAndEndsInThoseThatItsVersionIsOf() {
		List<FailedRecord> records = List.of(record("7", "v1", 3L), record("8", "v1", 3L), record("7", "v1", 4L),
				record("7", "v2", 6L), record("7", "v2", 5L));
		assertThat(this.changes.failed(run(1, 9), records, 10, NOW)).containsOnly(RejectOutcome.FAILS);
		assertThat(failed(run(1, 9), record("7", "v2", 6L), NOW)).as("once a scope").isTrue();
		assertThat(failed(run(1, 9), record("7", "v1", 4L), NOW)).as("once a scope").isTrue();
		ScopeFailures scopes = this.changes.scopeFailures();
		assertThat(scopes.ending(1, List.of(id("7"), id("8")))).as("v2 of a later scope may be newer")
			.extracting(ScopeFailures.Other::ordinal)
			.containsExactly(3L);
		this.changes.fetchedAgain(LINK, 1, new Scopes(List.of(3L)), 100);
		assertThat(scopes.ending(1, List.of(id("7")))).isEmpty();
		assertThat(failed(run(1, 9), record("7", "v2", 7L), NOW)).isFalse();
		assertThat(scopes.ending(1, List.of(id("7")))).extracting(ScopeFailures.Other::ordinal)
			.containsExactlyInAnyOrder(4L, 5L, 6L);
		scopes.acknowledge(1, scopes.ending(1, List.of(id("7"))));
		assertThat(scopes.ending(1, List.of(id("7")))).allMatch(ScopeFailures.Other::acknowledged);
		scopes.delete(1, scopes.ending(1, List.of(id("7"))));
		assertThat(scopes.ending(1, List.of(id("7")))).isEmpty();
	}

	@Test
	void manyRecordsAreStoredTogetherUpToTheLimit() {
		fail(run(1, 9), "250");
		List<FailedRecord> records = IntStream.range(0, 300)
			.mapToObj((number) -> new FailedRecord(new RecordIdentity("" + number, "v1", "x".repeat(5000), null), 1L,
					"" + number, "[]", Operation.UPSERT, Stage.TARGET, "no good", false))
			.toList();
		List<RejectOutcome> outcomes = this.changes.failed(run(2, 9), records, 200, NOW);
		assertThat(outcomes).filteredOn(RejectOutcome.FAILS::equals).hasSize(201);
		assertThat(outcomes).filteredOn(RejectOutcome.NOT_STORED::equals).hasSize(99);
		assertThat(this.rejects.waiting(LINK, 1000)).hasSize(201);
		assertThat(this.rejects.find(id("250")).orElseThrow().attempts()).isEqualTo(2);
	}

	@Test
	void recordsThatSeveralLanesStoreAtTheSameTimeAreStoredOnce() {
		RejectChanges late = interruptedBy(() -> {
			failed(run(1, 9), record("2", "v1", 1L), NOW);
			failed(run(1, 9), record("4", "v1", 2L), NOW);
		});
		List<FailedRecord> records = IntStream.range(0, 6).mapToObj((number) -> record("" + number, "v1", 2L)).toList();
		assertThat(late.failed(run(1, 9), records, 10, NOW)).containsExactly(RejectOutcome.FAILS, RejectOutcome.FAILS,
				RejectOutcome.FAILS, RejectOutcome.FAILS, RejectOutcome.PASSES, RejectOutcome.FAILS);
		assertThat(this.rejects.waiting(LINK, 10)).hasSize(6).allMatch((reject) -> reject.attempts() == 1);
		assertThat(this.changes.scopeFailures().ending(1, List.of(id("2")))).hasSize(1);
	}

	@Test
	void scopesInWhichLanesRejectTheSameRecordAtTheSameTimeAreAllStored() {
		failed(run(1, 9), record("7", "v1", 0L), NOW);
		RejectChanges late = interruptedAfterReading(() -> failed(run(1, 9), record("7", "v1", 1L), NOW));
		failed(late, run(1, 9), record("7", "v1", 2L), NOW);
		assertThat(this.changes.scopeFailures().ending(1, List.of(id("7")))).extracting(ScopeFailures.Other::ordinal)
			.containsExactlyInAnyOrder(0L, 1L);
	}

	@Test
	void versionThatFailsAgainAfterAnotherWasDeliveredKeepsItsState() {
		fail(run(1, 9), "7");
		this.rejects.acknowledge(id("7"), NOW);
		deliverAnother(2);
		assertThat(fail(run(2, 9), "7")).isTrue();
		assertThat(only().state()).isEqualTo(State.ACKNOWLEDGED);
		assertThat(only().attempts()).isEqualTo(2);
		assertThat(only().firstEvent()).isEqualTo(1);
		deliverAnother(3);
		assertThat(failed(run(3, 9), record("7", "v2"), NOW)).as("a changed version").isFalse();
		assertThat(only().state()).isEqualTo(State.OPEN);
		assertThat(only().attempts()).isEqualTo(1);
		deliverAnother(3);
		assertThat(failed(run(3, 9), record("7", "v2"), NOW)).isFalse();
		assertThat(only().attempts()).isEqualTo(1);
		deliverAnother(4);
		assertThat(failed(run(4, 2), record("7", "v2"), NOW)).isFalse();
		assertThat(only().state()).as("it failed in two runs").isEqualTo(State.QUARANTINED);
		closeRejects(State.DELIVERED, List.of("7"));
		assertThat(failed(run(5, 9), record("7", "v2"), NOW)).as("it was delivered itself").isFalse();
		assertThat(only().state()).isEqualTo(State.OPEN);
	}

	private void deliverAnother(long event) {
		this.changes.close(LINK, State.DELIVERED, List.of("7"), event, (version) -> false, NOW);
		assertThat(this.rejects.anyWaiting(LINK)).isFalse();
	}

	@Test
	void rowsOfRejectsAreRemovedWithThemAndNoOthers() {
		for (String key : List.of("a", "b")) {
			fail(run(1, 9), key);
		}
		this.jdbc.update("DELETE FROM SYNC_REJECT_ROW");
		RejectRows rows = new RejectRows(this.jdbc, this.database.product());
		rows.store(LINK, new TreeMap<>(Map.of("a", "ra", "b", "rb", "c", "rc")));
		closeRejects(State.DELIVERED, List.of("a"));
		assertThat(this.closed.remove(NOW.plusMillis(1), 10)).isEqualTo(1);
		assertThat(this.jdbc.queryForList("SELECT RECORD_ID FROM SYNC_REJECT_ROW ORDER BY RECORD_ID", String.class))
			.containsExactly("b", "c");
		this.jdbc.update("DELETE FROM SYNC_REJECT_ROW");
	}

	@Test
	void supersededRejectIsNotRetriedUntilItHasFailedAgain() {
		for (String key : List.of("a", "b", "c")) {
			fail(run(1, 1), key);
		}
		this.toDeliver.cannotRestore(id("b"), "masked");
		assertThat(this.changes.waitingVersions(LINK, List.of("a", "b", "x"))).containsExactly(
				new WaitingVersion(id("a"), "a", "v1", true, 1, null),
				new WaitingVersion(id("b"), "b", "v1", true, 1, null));
		this.changes.supersede(List.of(id("a"), id("b")));
		Instant later = NOW.plus(Duration.ofDays(1));
		assertThat(due(2, later)).containsExactly("c");
		assertThat(keys(this.toDeliver.toReplay(LINK, 1, 0, 0, 10))).containsExactly("c");
		assertThat(this.rejects.find(id("b")).orElseThrow().notRestorable()).isEqualTo("masked");
		fail(run(2, 1), "a");
		assertThat(due(3, later)).containsExactly("a", "c");
	}

	@Test
	void backlogCountsEachStateAndReportsItsOldest() {
		assertThat(this.rejects.backlog(LINK, 0)).containsEntry(Waiting.HOLDING, Backlog.NONE);
		failed(run(1, 9), record("a", "v1"), NOW.plusSeconds(1));
		fail(run(1, 9), "b");
		fail(run(1, 9), "c");
		this.rejects.acknowledge(id("c"), NOW);
		assertThat(this.rejects.backlog(LINK, 0)).containsEntry(Waiting.HOLDING, new Backlog(2, NOW))
			.containsEntry(Waiting.LEFT, Backlog.NONE)
			.containsEntry(Waiting.ACKNOWLEDGED, new Backlog(1, NOW))
			.containsEntry(Waiting.QUARANTINED, Backlog.NONE);
	}

	@Test
	void onlyOldClosedRejectsAreRemovedUpToTheLimit() {
		for (String key : List.of("a", "b", "c", "d")) {
			fail(run(1, 9), key);
		}
		closeRejects(State.DELIVERED, List.of("a", "b"));
		closeRejects(State.DISCARDED, List.of("c"));
		assertThat(this.closed.count(NOW)).isZero();
		assertThat(this.closed.remove(NOW, 10)).isZero();
		Instant later = NOW.plusMillis(1);
		assertThat(this.closed.count(later)).isEqualTo(3);
		assertThat(this.closed.remove(later, 1)).as("one of each state").isEqualTo(2);
		assertThat(this.closed.remove(later, 10)).isEqualTo(1);
		assertThat(keys(this.rejects.waiting(LINK, 10))).containsExactly("d");
	}

	@Test
	void rejectsThatHoldTheWindowAreListedFirst() {
		fail(run(1, 9), "a");
		this.rejects.acknowledge(id("a"), NOW);
		fail(run(1, 9), "b");
		assertThat(keys(this.rejects.waiting(LINK, 10))).containsExactly("b", "a");
		assertThat(keys(this.rejects.waiting(LINK, 1))).containsExactly("b");
	}

	@Test
	void rejectThatCannotBeRetriedIsNotQuarantined() {
		assertThat(failed(run(1, 1), notRestorable("v1", false), NOW)).isFalse();
		assertThat(failed(run(2, 1), notRestorable("v1", false), NOW)).isFalse();
		assertThat(failed(run(3, 1), notRestorable("v1", false), NOW)).isFalse();
		assertThat(only().state()).isEqualTo(State.OPEN);
		this.rejects.acknowledge(only().id(), NOW);
		assertThat(failed(run(4, 1), notRestorable("v1", false), NOW)).as("a person decides").isTrue();
	}

	@Test
	void quarantineEndsWithAVersionThatCannotBeRetried() {
		fail(run(1, 1), "7");
		assertThat(only().state()).isEqualTo(State.QUARANTINED);
		assertThat(failed(run(2, 1), notRestorable("v2", false), NOW)).isFalse();
		assertThat(only().state()).isEqualTo(State.OPEN);
	}

	@Test
	void rejectThatIsRetriedAutomaticallyIsQuarantined() {
		failed(run(1, 1), notRestorable("v1", true), NOW);
		assertThat(only().state()).isEqualTo(State.QUARANTINED);
	}

	private static FailedRecord notRestorable(String content, boolean again) {
		return new FailedRecord(new RecordIdentity("7", content, null, "masked"), null, "7", "[]", Operation.UPSERT,
				Stage.TARGET, "no good", again);
	}

	@Test
	void textsThatAreTooLongAreCutAndOthersAreNot() {
		failed(run(1, 9), new FailedRecord(new RecordIdentity("1", "v1", null, "r".repeat(501)), null, "k".repeat(501),
				null, Operation.UPSERT, Stage.TARGET, "m".repeat(2001), false), NOW);
		assertThat(only().key()).isEqualTo("k".repeat(499) + "…");
		assertThat(only().notRestorable()).isEqualTo("r".repeat(499) + "…");
		assertThat(only().message()).isEqualTo("m".repeat(1999) + "…");
		failed(run(2, 9), new FailedRecord(new RecordIdentity("1", "v1", null, "r".repeat(500)), null, "k".repeat(500),
				null, Operation.UPSERT, Stage.TARGET, "m".repeat(2000), false), NOW);
		assertThat(only().notRestorable()).isEqualTo("r".repeat(500));
		assertThat(only().message()).isEqualTo("m".repeat(2000));
	}

	@Test
	void everythingComesBackAsItWasStored() {
		failed(run(1, 9), new FailedRecord(new RecordIdentity("1", "v1", "{\"id\":1}", null), 4L, "1", "[\"id\"]",
				Operation.DELETE, Stage.MAPPING, "no good", false), NOW);
		assertThat(only()).isEqualTo(new Reject(only().id(), LINK, State.OPEN, "1", "[\"id\"]", Operation.DELETE,
				Stage.MAPPING, "no good", "{\"id\":1}", null, 1, 1, 1, 4L, false, NOW, NOW, null));
	}

	@Test
	void recordThatAnotherLaneStoresAtTheSameTimeIsStoredOnceAndTheLastWordCounts() {
		RejectChanges late = interruptedBy(() -> fail(run(1, 9), "7"));
		assertThat(failed(late, run(1, 9), new FailedRecord(new RecordIdentity("7", "v2", "{}", null), null, "7", "[]",
				Operation.UPSERT, Stage.TARGET, "no good either", false), NOW))
			.isFalse();
		assertThat(only().attempts()).isEqualTo(1);
		assertThat(only().message()).isEqualTo("no good either");
	}

	@Test
	void recordThatAPersonAcknowledgesAtTheSameTimeFailsNoRun() {
		fail(run(1, 9), "7");
		long id = only().id();
		RejectChanges late = interruptedBy(() -> this.rejects.acknowledge(id, NOW));
		assertThat(failed(late, run(2, 9), record("7", "v1"), NOW)).isTrue();
		assertThat(only().state()).isEqualTo(State.ACKNOWLEDGED);
		assertThat(only().lastEvent()).isEqualTo(2);
	}

	@Test
	void lanesThatCloseDifferentRejectsDoNotWaitForEachOther() {
		IntStream.range(0, 10).forEach((number) -> fail(run(1, 9), String.valueOf(number)));
		TestDatabase.runBeforeCommit(this.jdbc, () -> settleEverySecond(0), () -> settleEverySecond(1));
		assertThat(this.rejects.anyWaiting(LINK)).isFalse();
	}

	private void settleEverySecond(int first) {
		List<String> ids = IntStream.range(0, 5).mapToObj((number) -> String.valueOf(2 * number + first)).toList();
		this.changes.supersede(this.changes.waitingVersions(LINK, ids).stream().map(WaitingVersion::id).toList());
		closeRejects(State.DELIVERED, ids);
	}

	@Test
	void whatAnotherLaneHasJustStoredTakesNoRoom() {
		RejectChanges late = interruptedBy(() -> fail(run(1, 9), "7"));
		List<FailedRecord> records = List.of(record("7", "v1", 2L), record("8", "v1", 2L), record("9", "v1", 2L));

		assertThat(late.failed(run(1, 9), records, 2, NOW)).containsOnly(RejectOutcome.FAILS);

		assertThat(keys(this.rejects.waiting(LINK, 10))).containsExactlyInAnyOrder("7", "8", "9");
		assertThat(this.changes.failed(run(1, 9), List.of(record("10", "v1", 2L), record("7", "v1", 3L)), 0, NOW))
			.containsExactly(RejectOutcome.NOT_STORED, RejectOutcome.FAILS);
	}

	/** Rejects in whose way something comes between reading and writing, once. */
	private RejectChanges interruptedBy(Runnable other) {
		AtomicBoolean done = new AtomicBoolean();
		return new RejectChanges(new JdbcTemplate(this.jdbc.getDataSource()) {
			@Override
			protected int update(PreparedStatementCreator statement, @Nullable PreparedStatementSetter setter) {
				interrupt();
				return super.update(statement, setter);
			}

			@Override
			public int[] batchUpdate(String sql, List<Object[]> arguments) {
				interrupt();
				return super.batchUpdate(sql, arguments);
			}

			/** On PostgreSQL, an INSERT is a query, as it returns what it has stored. */
			@Override
			public <T> T query(PreparedStatementCreator statement, @Nullable PreparedStatementSetter setter,
					ResultSetExtractor<T> reader) {
				if (String.valueOf(((SqlProvider) statement).getSql()).startsWith("INSERT")) {
					interrupt();
				}
				return super.query(statement, setter, reader);
			}

			private void interrupt() {
				if (done.compareAndSet(false, true)) {
					other.run();
				}
			}
		}, this.database.product());
	}

	/** Rejects that another lane changes after they were read for the first time. */
	private RejectChanges interruptedAfterReading(Runnable other) {
		AtomicBoolean done = new AtomicBoolean();
		return new RejectChanges(new JdbcTemplate(this.jdbc.getDataSource()) {
			@Override
			public <T> T query(PreparedStatementCreator statement, @Nullable PreparedStatementSetter setter,
					ResultSetExtractor<T> extractor) {
				T result = super.query(statement, setter, extractor);
				if (((SqlProvider) statement).getSql().contains("FROM SYNC_REJECT ")
						&& done.compareAndSet(false, true)) {
					other.run();
				}
				return result;
			}
		}, this.database.product());
	}

	/** Whether the record, which failed, does not fail the run. */
	private boolean failed(RejectingRun run, FailedRecord record, Instant now) {
		return failed(this.changes, run, record, now);
	}

	private static boolean failed(RejectChanges rejects, RejectingRun run, FailedRecord record, Instant now) {
		return rejects.failed(run, List.of(record), 10, now).get(0) == RejectOutcome.PASSES;
	}

	/** Closes rejects whose version was delivered, or left out. */
	private List<WaitingVersion> closeRejects(State state, List<String> recordIds) {
		return this.changes.close(LINK, state, recordIds, 0, (version) -> true, NOW);
	}

	private boolean fail(RejectingRun run, String key) {
		return failed(run, record(key, "v1"), NOW);
	}

	private static RejectingRun run(long event, int quarantineAfter) {
		return new RejectingRun(LINK, event, event, false, false, quarantineAfter);
	}

	private static FailedRecord record(String key, String content) {
		return record(key, content, null);
	}

	private static FailedRecord record(String key, String content, @Nullable Long ordinal) {
		return new FailedRecord(new RecordIdentity(key, content, "{}", null), ordinal, key, "[]", Operation.UPSERT,
				Stage.TARGET, "no good", false);
	}

	private Reject only() {
		List<Reject> waiting = this.rejects.waiting(LINK, 10);
		assertThat(waiting).hasSize(1);
		return waiting.get(0);
	}

	private long id(String key) {
		return this.jdbc.queryForObject("SELECT REJECT_ID FROM SYNC_REJECT WHERE RECORD_KEY = ?", Long.class, key);
	}

	private List<String> due(long event, Instant now) {
		return keys(this.toDeliver.due(run(event, 9), now, 0, 10));
	}

	private static List<String> keys(List<Reject> rejects) {
		return rejects.stream().map(Reject::key).toList();
	}

}
