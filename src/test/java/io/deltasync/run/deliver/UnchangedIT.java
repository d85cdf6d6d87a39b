package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.delivered.DeliveredRecord;
import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.delivered.IndexEntry;
import io.deltasync.delivered.MeetingRun;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records that the target has as they are are not written again.
 */
@EachDatabase
class UnchangedIT extends ScriptedRuns {

	UnchangedIT() {
		super("scriptedSource", "deltasync.links.people.skip-unchanged=true",
				"deltasync.links.people.mapping.rename.name=title");
	}

	@Test
	void adaptersAreNotAskedForTheirIdentityInATransaction() throws Exception {
		List<Boolean> inTransaction = new CopyOnWriteArrayList<>();
		this.script.beforeIdentity = () -> inTransaction
			.add(TransactionSynchronizationManager.isActualTransactionActive());
		run("FULL");
		assertThat(inTransaction).isNotEmpty().doesNotContain(true);
	}

	@Test
	void onlyChangedRecordsAreWritten() throws Exception {
		scopes(2, 60);
		assertThat(run().records()).isEqualTo(new RecordCounts(120, 120, 0, 0, 0, 0, 0, 0));
		this.script.pushes.clear();
		this.script.fetch = (source, context, scope) -> {
			List<RecordInFlight> records = new ArrayList<>(
					Script.records(Integer.parseInt(scope) * 60, Integer.parseInt(scope) * 60 + 60));
			records.set(7, record(Integer.parseInt(scope) * 60 + 7, "new name"));
			return records;
		};
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.records()).isEqualTo(new RecordCounts(120, 2, 0, 0, 0, 118, 0, 0));
		assertThat(event.ignoredReasons()).containsExactly(new IgnoredReason("unchanged", 118));
		assertThat(this.script.pushes).containsExactlyInAnyOrder(List.of(7), List.of(67));
		assertThat(this.script.target.get(67)).containsEntry("title", "new name");
		assertThat(run().records().ignored()).isEqualTo(120);
	}

	@Test
	void typesMatterButTheOrderOfPropertiesDoesNot() throws Exception {
		fetch(record(1, "a"));
		run();
		Map<String, Object> turned = new LinkedHashMap<>();
		turned.put("name", "a");
		turned.put("id", 1);
		fetch(new RecordInFlight(turned).identifiedBy(List.of("id")));
		assertThat(run().records().ignored()).isEqualTo(1);
		fetch(new RecordInFlight(Map.of("id", 1L, "name", "a")).identifiedBy(List.of("id")));
		assertThat(run().records().written()).isEqualTo(1);
	}

	@Test
	void fullRunSkipsUnchangedRecordsUnlessItRewrites() throws Exception {
		fetch(record(1, "a"), record(2, "b"));
		run();
		assertThat(run("FULL").records()).isEqualTo(new RecordCounts(2, 0, 0, 0, 0, 2, 0, 0));
		this.script.target.clear();
		assertThat(run("FULL", "rewrite").records()).isEqualTo(new RecordCounts(2, 2, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.target).hasSize(2);
		assertThat(run().records().ignored()).isEqualTo(2);
	}

	@Test
	void recordThatFailedIsWrittenWhenItIsTriedAgain() throws Exception {
		fetch(record(1, "a"), record(2, "b"), record(3, "c"));
		this.script.poison.add(2);
		this.script.marked.add(3);
		assertThat(run().records()).isEqualTo(new RecordCounts(3, 1, 0, 2, 0, 0, 0, 0));
		this.script.poison.clear();
		this.script.marked.clear();
		assertThat(run().records()).isEqualTo(new RecordCounts(3, 2, 0, 0, 0, 1, 0, 0));
		assertThat(this.script.target).hasSize(3);
	}

	@Test
	void unchangedRecordClosesTheRejectOfAnotherVersion() throws Exception {
		fetch(record(1, "a"));
		run();
		fetchFailing(1, "b");
		assertThat(run().success()).isFalse();
		fetch(record(1, "a"));
		SyncEvent event = run();
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records().ignored()).isEqualTo(1);
		fetchFailing(1, "b");
		assertThat(run().success()).as("nobody has discarded it").isFalse();
	}

	@Test
	void rejectDeliveredByARestartIsIndexed() throws Exception {
		fetch(record(1, "a"), record(2, "b"));
		this.script.poison.add(2);
		SyncEvent failed = run();
		this.script.poison.clear();
		assertThat(restart(failed).records()).isEqualTo(new RecordCounts(2, 2, 0, 0, 0, 0, 0, 0));
		assertThat(run().records().ignored()).isEqualTo(2);
		fetch(record(2, "c"));
		assertThat(run().records().written()).isEqualTo(1);
	}

	@Test
	void recordsDeliveredByAReplayAreIndexed() throws Exception {
		scopes(2, 5);
		Script.Fetch fetch = breaking("1");
		this.script.poison.add(2);
		SyncEvent failed = run();
		this.script.poison.clear();
		this.script.fetch = fetch;
		assertThat(replay(failed).records()).isEqualTo(new RecordCounts(6, 6, 0, 0, 0, 0, 0, 0));
		assertThat(run().records()).isEqualTo(new RecordCounts(10, 0, 0, 0, 0, 10, 0, 0));
	}

	@Test
	void replayOfARewritingRunRewrites() throws Exception {
		scopes(2, 5);
		run();
		Script.Fetch fetch = breaking("1");
		SyncEvent failed = run("DELTA", "rewrite");
		assertThat(failed.records().written()).isEqualTo(5);
		this.script.fetch = fetch;
		assertThat(replay(failed).records()).isEqualTo(new RecordCounts(5, 5, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void recordsThatARewritingRunDidNotReachAreRewrittenByTheNextRuns() throws Exception {
		scopes(2, 5);
		run();
		Script.Fetch fetch = breaking("1");
		run("DELTA", "rewrite");
		this.script.fetch = fetch;
		run("FULL", "testing");
		breaking("1");
		assertThat(run().success()).isFalse();
		this.script.fetch = fetch;
		assertThat(run().records()).isEqualTo(new RecordCounts(10, 10, 0, 0, 0, 0, 0, 0));
		assertThat(run().records()).isEqualTo(new RecordCounts(10, 0, 0, 0, 0, 10, 0, 0));
		run("DELTA", "testing", "rewrite");
		assertThat(run().records().ignored()).isEqualTo(10);
	}

	@Test
	void recordsThatARewritingFullRunDidNotReachAreRewrittenByTheNextRun() throws Exception {
		scopes(2, 600);
		run();
		Script.Fetch fetch = breaking("1");
		assertThat(run("FULL", "rewrite").records().written()).isEqualTo(600);
		this.script.fetch = fetch;
		assertThat(run().records()).isEqualTo(new RecordCounts(1200, 600, 0, 0, 0, 600, 0, 0));
		assertThat(run().records().ignored()).isEqualTo(1200);
	}

	@Test
	void rewriteOfAFullRunThatEndedBeforeItFetchedIsNotForgotten() throws Exception {
		fetch(record(1, "a"), record(2, "b"));
		run();
		this.script.beforeLimit = () -> {
			throw new AbortRunException("killed");
		};
		assertThat(run("FULL", "rewrite").status()).isEqualTo(Status.ABORTED);
		assertThat(run().status()).isEqualTo(Status.ABORTED);
		this.script.beforeLimit = () -> {
		};
		fetch(record(2, "b"));
		assertThat(run().records()).isEqualTo(new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		fetch(record(1, "a"), record(2, "b"));
		assertThat(run("FULL").records()).isEqualTo(new RecordCounts(2, 1, 0, 0, 0, 1, 0, 0));
		assertThat(run("FULL").records().ignored()).isEqualTo(2);
	}

	@Test
	void contentIsUnknownAfterAFailure() throws Exception {
		fetch(record(1, "a"));
		run();
		this.script.marked.add(1);
		fetch(record(1, "b"));
		run();
		this.script.marked.clear();
		fetch(record(1, "a"));
		assertThat(run().records().written()).isEqualTo(1);
	}

	@Test
	void versionWrittenJustBeforeTheProcessDiedIsOverwritten() throws Exception {
		fetch(record(1, "a"));
		run();
		this.script.afterPush = () -> {
			throw new AbortRunException("killed");
		};
		fetch(record(1, "b"));
		assertThat(run().status()).isEqualTo(Status.ABORTED);
		assertThat(this.script.target.get(1)).containsEntry("title", "b");
		this.script.afterPush = () -> {
		};
		fetch(record(1, "a"));
		assertThat(run().records().written()).isEqualTo(1);
		assertThat(this.script.target.get(1)).containsEntry("title", "a");
	}

	@Test
	void lastOfTwoVersionsInABatchCounts() throws Exception {
		fetch(record(1, "b"));
		run();
		fetch(record(1, "a"), record(1, "b"));
		assertThat(run().records().written()).isEqualTo(2);
		assertThat(this.script.target.get(1)).containsEntry("title", "b");
		fetch(record(1, "b"), record(1, "b"));
		assertThat(run().records().ignored()).isEqualTo(2);
		fetch(record(1, "b"), record(1, "a"));
		assertThat(run().records().written()).isEqualTo(2);
		fetch(record(1, "a"));
		assertThat(run().records().ignored()).isEqualTo(1);
	}

	@Test
	void lanesThatMeetTheSameRecordsLeaveNothingUnwritten() throws Exception {
		for (int round = 0; round < 4; round++) {
			List<String> scopes = IntStream.range(0, 30).mapToObj(String::valueOf).toList();
			this.script.plan = (source, context) -> FetchStrategy.scopes(scopes);
			this.script.fetch = (source, context, scope) -> IntStream.range(0, 25)
				.mapToObj((id) -> record(id, "name " + Integer.parseInt(scope) % 3))
				.toList();
			SyncEvent event = run();
			assertThat(event.success()).as(event.toString()).isTrue();
			String last = "name " + round % 3;
			this.script.plan = (source, context) -> FetchStrategy.immediate();
			this.script.fetch = (source, context,
					scope) -> IntStream.range(0, 25).mapToObj((id) -> record(id, last)).toList();
			assertThat(run().success()).isTrue();
			assertThat(this.script.target.values()).hasSize(25)
				.allSatisfy((properties) -> assertThat(properties).containsEntry("title", last));
		}
	}

	@Test
	void contentIsUnknownAfterTwoLanesDeliveredTheSameRecordConcurrently() {
		store("a", 0);
		store("b", 0);
		assertThat(known().contentId()).isNull();
		long version = known().version();
		store("a", version);
		assertThat(known().contentId()).isEqualTo("a");
		store("b", version);
		assertThat(known().contentId()).isNull();
		store("a", known().version());
		assertThat(known().contentId()).isEqualTo("a");
	}

	private void store(String content, long version) {
		DeliveryIndexTable delivered = this.application.getBean(RunTables.class).delivered();
		this.application.getBean(RunTransactions.class)
			.run(() -> delivered.store(LINK, "target", new MeetingRun(1, 1),
					List.of(new DeliveredRecord("1", "1", content, version, null, null))));
	}

	private IndexEntry known() {
		return this.application.getBean(RunTables.class).delivered().find(LINK, "target", List.of("1")).get("1");
	}

	@Test
	void recordsWithoutAKeyAreAlwaysWritten() throws Exception {
		fetch(new RecordInFlight(Map.of("id", 1, "name", "a")));
		run();
		fetch(new RecordInFlight(Map.of("id", 1, "name", "a")));
		assertThat(run().records().written()).isEqualTo(1);
	}

	@Test
	void testingRunComparesButRemembersNothing() throws Exception {
		fetch(record(1, "a"));
		run("DELTA", "testing");
		assertThat(run().records().written()).isEqualTo(1);
		assertThat(run("DELTA", "testing").records().ignored()).isEqualTo(1);
		fetch(record(1, "b"));
		assertThat(run("DELTA", "testing").records().written()).isEqualTo(1);
		assertThat(this.script.target.get(1)).containsEntry("title", "a");
		fetch(record(1, "a"));
		assertThat(run().records().ignored()).isEqualTo(1);
	}

	@Test
	void deliveriesToAnotherTargetDoNotCount() throws Exception {
		fetch(record(1, "a"));
		run();
		this.application.getBean(JdbcTemplate.class).update("UPDATE SYNC_DELIVERED_ROW SET TARGET_ID = 'another'");
		assertThat(run().records().written()).isEqualTo(1);
		assertThat(run().records().ignored()).isEqualTo(1);
	}

	@Test
	void recordOfAnUpdateIsWrittenAgainByALaterUpsert() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> List
			.of(new RecordInFlight(Map.of("id", 1, "name", "a"), Operation.UPDATE).identifiedBy(List.of("id")));
		assertThat(run().records().written()).isEqualTo(1);
		fetch(record(1, "a"));
		assertThat(run().records().written()).as("the update may have found no row").isEqualTo(1);
		assertThat(run().records().ignored()).isEqualTo(1);
	}

	private void fetch(RecordInFlight... records) {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> {
			List<RecordInFlight> fresh = new ArrayList<>();
			for (RecordInFlight record : records) {
				fresh.add(new RecordInFlight(record.originalProperties()).identifiedBy(record.keyProperties()));
			}
			return fresh;
		};
	}

	private void fetchFailing(int id, String name) {
		this.script.fetch = (source, context, scope) -> {
			RecordInFlight record = record(id, name);
			record.addError("no good");
			return List.of(record);
		};
	}

	private static RecordInFlight record(int id, String name) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("id", id);
		properties.put("name", name);
		return new RecordInFlight(properties).identifiedBy(List.of("id"));
	}

}
