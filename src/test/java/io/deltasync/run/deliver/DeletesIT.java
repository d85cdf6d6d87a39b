package io.deltasync.run.deliver;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.run.Tally;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the source has no more is deleted at the target, by the key that the mapping made.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
class DeletesIT extends ScriptedRuns {

	DeletesIT() {
		super("scriptedSource", "deltasync.links.people.deletes=hard", "deltasync.links.people.skip-unchanged=true",
				"deltasync.links.people.filters[0].filter=scriptedFilter",
				"deltasync.links.people.mapping.rename.id=number", "deltasync.links.people.mapping.types.number=text",
				"deltasync.links.people.mapping.constants.origin=crm");
	}

	@BeforeEach
	void keyOfTheTarget() {
		this.script.targetKey = "number";
	}

	@Test
	void fullRunDeletesRecordsThatTheSourceNoLongerHas() throws Exception {
		source(0, 20);
		run();
		assertThat(this.script.target.get("7")).isEqualTo(Map.of("number", "7", "name", "name 7", "origin", "crm"));
		source(2, 20);
		Tally tally = this.application.getBean(ActiveRuns.class).tally(LINK);
		long written = tally.written();
		SyncEvent event = run("FULL");
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records()).isEqualTo(new RecordCounts(18, 0, 0, 0, 0, 18, 0, 0));
		assertThat(tally.written() - written).isEqualTo(2);
		assertThat(event.deleted()).isEqualTo(2);
		assertThat(event.warnings()).isEmpty();
		assertThat(this.script.target).hasSize(18).doesNotContainKeys("0", "1");
		this.script.pushes.clear();
		assertThat(run("FULL").records().fetched()).isEqualTo(18);
		assertThat(this.script.pushes).isEmpty();
	}

	@Test
	void recordsThatFailOneByOneAfterAnAbortAreNotRemembered() throws Exception {
		source(0, 20);
		this.script.poison.addAll(List.of("3", "7", "9"));
		SyncEvent failed = run();
		assertThat(failed.records().failed()).isEqualTo(3);
		this.script.poison.remove("9");
		this.script.misfits.add("7");
		SyncEvent restarted = restart(failed);
		assertThat(restarted.records().failed()).as(restarted.toString()).isEqualTo(2);
		assertThat(this.application.getBean(JdbcTemplate.class)
			.queryForList("SELECT SOURCE_KEY FROM SYNC_DELIVERED_ROW", String.class)).hasSize(18)
			.contains("{\"id\":9}")
			.doesNotContain("{\"id\":3}", "{\"id\":7}");
	}

	@Test
	void deltaRunDeletesOnlyIfTheSourceFetchesEverythingEachTime() throws Exception {
		source(0, 20);
		run();
		source(1, 20);
		assertThat(run().deleted()).isZero();
		assertThat(this.script.target).hasSize(20);
		this.script.fetchesEverything = true;
		SyncEvent event = run();
		assertThat(event.mode()).isEqualTo(Mode.DELTA);
		assertThat(event.deleted()).isEqualTo(1);
		assertThat(this.script.target).hasSize(19).doesNotContainKey("0");
	}

	@Test
	void targetMayWarnWhileItDeletes() throws Exception {
		source(0, 20);
		run();
		source(1, 20);
		this.script.beforePush = () -> RunContext.currentContext().addWarning("looks used");
		SyncEvent event = run("FULL");
		assertThat(event.deleted()).isEqualTo(1);
		assertThat(event.warnings()).contains("looks used");
	}

	@Test
	void recordThatComesBackIsWrittenAgain() throws Exception {
		source(0, 20);
		run();
		source(1, 20);
		run("FULL");
		source(0, 20);
		run();
		assertThat(this.script.target).hasSize(20);
	}

	@Test
	void recordsThatThisLinkHasNotDeliveredAreNotDeleted() throws Exception {
		this.script.target.put("99", Map.of("number", "99"));
		source(0, 20);
		this.script.poison.add("5");
		run();
		this.script.poison.clear();
		this.script.pushes.clear();
		source(6, 20);
		SyncEvent event = run("FULL", "force");
		assertThat(this.script.target).hasSize(15).containsKey("99");
		assertThat(event.deleted()).as("what the target has refused is not there").isEqualTo(5);
	}

	@Test
	void recordDeliveredByABrokenRunIsDeletedWhenItIsGone() throws Exception {
		source(0, 20);
		this.script.afterPush = () -> {
			// two lanes deliver, in any order
			if (this.script.target.containsKey("0")) {
				throw new AbortRunException("broke off after the target had written");
			}
		};
		assertThat(run().status()).isEqualTo(Status.ABORTED);
		this.script.afterPush = () -> {
		};
		assertThat(this.script.target).containsKey("0");
		source(1, 20);
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).containsKey("0");
		assertThat(run("FULL").deleted()).isEqualTo(1);
		assertThat(this.script.target).hasSize(19).doesNotContainKey("0");
	}

	@Test
	void deliveriesToAnotherTargetNeitherDeleteNorSkipHereAndAreForgotten() throws Exception {
		source(0, 20);
		run();
		this.script.targetIdentity = "elsewhere";
		source(1, 20);
		SyncEvent full = run("FULL");
		assertThat(full.records()).isEqualTo(new RecordCounts(19, 19, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.target).as("what is at the new target is another Link's").containsKey("0");
		assertThat(this.application.getBean(JdbcTemplate.class)
			.queryForObject("SELECT COUNT(*) FROM SYNC_DELIVERED_ROW", Integer.class)).isEqualTo(19);
		source(2, 20);
		assertThat(run("FULL").deleted()).isEqualTo(1);
	}

	@Test
	void onlyASuccessfulFullRunDeletes() throws Exception {
		source(0, 20);
		run();
		source(1, 20);
		run("DELTA");
		run("FULL", "testing");
		this.script.marked.add("7");
		this.script.filter = (context, records) -> records.forEach((record) -> record.set("name", "changed"));
		assertThat(run("FULL").success()).isFalse();
		assertThat(this.script.target).hasSize(20);
		this.script.marked.clear();
		assertThat(run("FULL").success()).isTrue();
		assertThat(this.script.target).hasSize(19);
	}

	@Test
	void fullRunWhoseScopeFailedDeletesNothingUntilItsRestartHasReadIt() throws Exception {
		source(0, 20);
		run();
		source(1, 20);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("1")) {
				throw new IllegalStateException("not now");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent failed = run("FULL", "force");
		assertThat(this.script.target).hasSize(20);
		this.script.fetch = fetch;
		SyncEvent done = restart(failed);
		assertThat(done.success()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(19, 0, 0, 0, 0, 19, 0, 0));
		assertThat(done.deleted()).isEqualTo(1);
		assertThat(this.script.target).hasSize(19).doesNotContainKey("0");
	}

	@Test
	void recordThatTheSourceReturnsIsNotDeletedEvenIfItFails() throws Exception {
		source(0, 20);
		run();
		this.script.filter = (context, records) -> {
			records.removeIf((record) -> record.get("id").equals(3));
			records.forEach((record) -> {
				if (record.get("id").equals(4)) {
					record.ignore("not wanted");
				}
			});
		};
		SyncEvent event = run("FULL");
		assertThat(event.records()).isEqualTo(new RecordCounts(20, 0, 0, 0, 0, 19, 1, 0));
		assertThat(this.script.target).hasSize(20);
	}

	@Test
	void newRecordOfTwoLanesIsIndexedAlthoughItFailsLastInOne() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		CountDownLatch fetching = new CountDownLatch(2);
		this.script.fetch = (source, context, scope) -> {
			// otherwise one lane could fetch both scopes before the other has started
			fetching.countDown();
			await(() -> fetching.getCount() == 0);
			return scope.equals("0") ? List.of(Script.record(7)) : Script.records(0, 20);
		};
		CountDownLatch both = new CountDownLatch(2);
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		AtomicReference<Thread> last = new AtomicReference<>();
		Set<Thread> met = ConcurrentHashMap.newKeySet();
		this.script.beforePush = () -> {
			last.compareAndSet(null, Thread.currentThread());
			if (met.add(Thread.currentThread())) {
				both.countDown();
				await(() -> both.getCount() == 0);
			}
			if (Thread.currentThread() == last.get()) {
				await(() -> jdbc.queryForObject("SELECT MAX(VERSION) FROM SYNC_DELIVERED_ROW", Integer.class) > 2);
				throw new IllegalStateException("refused");
			}
		};
		SyncEvent event = run();
		assertThat(event.success()).as(event.toString()).isFalse();
		assertThat(this.script.target).isNotEmpty();
		this.script.beforePush = () -> {
		};
		this.script.fetch = (source, context, scope) -> Script.records(scope.equals("0") ? 0 : 8,
				scope.equals("0") ? 7 : 20);
		SyncEvent full = run("FULL");
		assertThat(full.success()).as(full.toString()).isTrue();
		assertThat(this.script.target).hasSize(19).doesNotContainKey("7");
	}

	@Test
	void moreThanTheShareIsDeletedOnlyByForce() throws Exception {
		source(0, 120);
		run();
		source(0, 20);
		SyncEvent refused = run("FULL");
		assertThat(refused.status()).isEqualTo(Status.COMPLETED);
		assertThat(refused.success()).isFalse();
		assertThat(refused.errors()).singleElement()
			.satisfies((error) -> assertThat(error.message()).contains("Link 'people'", "100 of 120", "83.33 %", "10 %",
					"run people --full --force"));
		assertThat(this.script.target).hasSize(120);
		SyncEvent forced = run("FULL", "force");
		assertThat(forced.success()).isTrue();
		assertThat(forced.records()).isEqualTo(new RecordCounts(20, 0, 0, 0, 0, 20, 0, 0));
		assertThat(forced.deleted()).isEqualTo(100);
		assertThat(this.script.target).hasSize(20);
	}

	@Test
	void blockedDeletionsAreReportedUntilAFullRunResolvesThem() throws Exception {
		source(0, 20);
		run();
		source(10, 20);
		SyncEvent first = run("FULL");
		assertThat(first.success()).isFalse();
		SyncEvent second = run("FULL");
		assertThat(run().success()).isTrue();
		assertThat(this.events.blockedDeletes().find(LINK)).hasValueSatisfying((blocked) -> {
			assertThat(blocked.records()).isEqualTo(10);
			assertThat(blocked.event()).isEqualTo(second.id());
			assertThat(blocked.since()).isBefore(second.runTimestamp());
		});
		assertThat(run("FULL", "force").success()).isTrue();
		assertThat(this.events.blockedDeletes().find(LINK)).isEmpty();
		source(15, 20);
		run("FULL");
		assertThat(this.events.blockedDeletes().find(LINK)).isPresent();
		source(10, 20);
		assertThat(run("FULL").success()).as("the source has them again").isTrue();
		assertThat(this.events.blockedDeletes().find(LINK)).isEmpty();
	}

	@Test
	void emptySourceDeletesNothingUnlessForced() throws Exception {
		source(0, 20);
		run();
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
		assertThat(run("FULL").success()).isFalse();
		assertThat(this.script.target).hasSize(20);
		assertThat(run("FULL", "force").success()).isTrue();
		assertThat(this.script.target).isEmpty();
	}

	@Test
	void recordThatCannotBeDeletedIsARejectUntilItIs() throws Exception {
		source(0, 20);
		run();
		source(2, 20);
		this.script.poison.add("1");
		SyncEvent failed = run("FULL");
		assertThat(failed.success()).isFalse();
		assertThat(failed.records()).isEqualTo(new RecordCounts(18, 0, 0, 0, 0, 18, 0, 0));
		assertThat(failed.deleted()).isEqualTo(1);
		assertThat(failed.errors()).extracting(SyncEvent.Failure::message)
			.satisfiesExactly((message) -> assertThat(message).isEqualTo("1 of 2 deletions failed"),
					(message) -> assertThat(message).contains("cannot take 1"));
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.key()).isEqualTo("1");
			assertThat(reject.notRestorable()).contains("the next full run");
		});
		assertThat(restart(failed).records()).isEqualTo(failed.records());
		this.script.poison.clear();
		SyncEvent done = restart(failed);
		assertThat(done.success()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(18, 0, 0, 0, 0, 18, 0, 0));
		assertThat(done.deleted()).isEqualTo(2);
		assertThat(this.script.target).hasSize(18);
		assertThat(waiting()).isEmpty();
	}

	@Test
	void deletionWhoseRejectIsAcknowledgedFailsNoRun() throws Exception {
		source(0, 20);
		run();
		source(2, 20);
		this.script.poison.add("1");
		run("FULL");
		acknowledge();
		SyncEvent event = run("FULL");
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records()).isEqualTo(new RecordCounts(18, 0, 0, 0, 0, 18, 0, 0));
		assertThat(event.errors()).as("it is named").hasSize(1);
	}

	@Test
	void recordThatTheSourceReportedAsDeletedIsNotDeletedAgain() throws Exception {
		source(0, 20);
		run();
		this.script.fetch = (source, context, scope) -> scope.equals("0")
				? List.of(new RecordInFlight(Map.of("id", 0), Operation.DELETE).identifiedBy(List.of("id")))
				: List.of();
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).hasSize(19);
		source(1, 20);
		assertThat(run("FULL").deleted()).isZero();
	}

	@Test
	void waitingVersionDoesNotRestoreARecordDeletedByABrokenRun() throws Exception {
		source(0, 20);
		run();
		this.script.fetch = (source, context, scope) -> List
			.of(new RecordInFlight(Map.of("id", 0, "name", "new name")).identifiedBy(List.of("id")));
		this.script.poison.add("0");
		run();
		acknowledge();
		this.script.poison.clear();
		source(1, 20);
		this.script.afterPush = () -> {
			throw new AbortRunException("broke off after the target had deleted");
		};
		assertThat(run("FULL").status()).isEqualTo(Status.ABORTED);
		assertThat(this.script.target).doesNotContainKey("0");
		this.script.afterPush = () -> {
		};
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
		this.application.getBean(JdbcTemplate.class).update("UPDATE SYNC_REJECT SET NEXT_TRY = FIRST_SEEN");
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).doesNotContainKey("0");
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.notRestorable()).contains("another version"));
	}

	@Test
	void deletionWhoseTransactionWasRolledBackCountsOnce() throws Exception {
		source(0, 20);
		assertThat(rollingBackOnce(this::run).records()).isEqualTo(new RecordCounts(20, 20, 0, 0, 0, 0, 0, 0));
		source(2, 20);
		this.script.marked.add("0");
		SyncEvent failed = rollingBackOnce(() -> run("FULL"));
		assertThat(failed.records()).isEqualTo(new RecordCounts(18, 0, 0, 0, 0, 18, 0, 0));
		assertThat(failed.deleted()).isEqualTo(1);
		assertThat(failed.deleted()).isEqualTo(1);
		this.script.marked.clear();
		SyncEvent done = rollingBackOnce(() -> run("FULL"));
		assertThat(done.success()).as(done.toString()).isTrue();
		assertThat(done.deleted()).isEqualTo(1);
		assertThat(this.script.target).hasSize(18);
	}

	@Test
	void deletionThatTheTargetIgnoresIsCountedAndRepeatedByTheNextFullRun() throws Exception {
		source(0, 20);
		run();
		source(2, 20);
		this.script.left.add("0");
		SyncEvent event = run("FULL");
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records()).isEqualTo(new RecordCounts(18, 0, 0, 0, 0, 18, 0, 0));
		assertThat(event.deleted()).isEqualTo(1);
		assertThat(this.script.target).hasSize(19);
		this.script.left.clear();
		assertThat(run("FULL").deleted()).isEqualTo(1);
		assertThat(this.script.target).hasSize(18);
	}

	@Test
	void deletionThatWasKilledIsDoneAgain() throws Exception {
		source(0, 200);
		run();
		source(120, 200);
		List<String> pushes = new ArrayList<>();
		this.script.afterPush = () -> {
			pushes.add("one");
			if (pushes.size() == 2) {
				throw new AbortRunException("killed");
			}
		};
		SyncEvent killed = run("FULL", "force");
		assertThat(killed.status()).isEqualTo(Status.ABORTED);
		assertThat(this.script.target).hasSize(100);
		SyncEvent done = restart(killed);
		assertThat(done.success()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(80, 0, 0, 0, 0, 80, 0, 0));
		assertThat(done.deleted()).isEqualTo(120);
		assertThat(this.script.target).hasSize(80);
	}

	@Test
	void unchangedRecordThatReturnsIsWrittenAlthoughItsDeletionWasNotStored() throws Exception {
		source(0, 20);
		run();
		source(2, 20);
		this.script.afterPush = () -> {
			throw new AbortRunException("killed");
		};
		assertThat(run("FULL").status()).isEqualTo(Status.ABORTED);
		assertThat(this.script.target).hasSize(18);
		this.script.afterPush = () -> {
		};
		source(0, 20);
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).hasSize(20);
	}

	@Test
	void deletionThatIsStoppedBeforeItIsTriedAgainIsNoSuccess() throws Exception {
		source(0, 20);
		run();
		source(2, 20);
		this.script.beforePush = () -> {
			this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow().requestStop();
			throw new TransientDataAccessResourceException("not now");
		};
		SyncEvent stopped = run("FULL");
		assertThat(stopped.status()).as(stopped.toString()).isEqualTo(Status.STOPPED);
		this.script.beforePush = () -> {
		};
		assertThat(restart(stopped).success()).isTrue();
		assertThat(this.script.target).hasSize(18);
	}

	@Test
	void stoppedDeletionContinuesInARestart() throws Exception {
		source(0, 200);
		run();
		source(120, 200);
		this.script.afterPush = this::requestStop;
		SyncEvent stopped = run("FULL", "force");
		assertThat(stopped.status()).isEqualTo(Status.STOPPED);
		assertThat(stopped.deleted()).isEqualTo(50);
		assertThat(stopped.errors()).singleElement()
			.satisfies((error) -> assertThat(error.message()).contains("deletions were finished"));
		this.script.afterPush = () -> {
		};
		SyncEvent done = restart(stopped);
		assertThat(done.success()).isTrue();
		assertThat(done.deleted()).isEqualTo(120);
		assertThat(this.script.target).hasSize(80);
	}

	@Test
	void runThatIsStoppedBeforeItsDeletionsIsNotSuccessful() throws Exception {
		source(0, 20);
		run();
		source(1, 20);
		this.script.stepUpdate = (step) -> {
			if (step.getStepName().equals("deletes") && step.getStatus() == BatchStatus.STARTED) {
				requestStop();
			}
		};
		SyncEvent stopped = run("FULL");
		assertThat(stopped.status()).isEqualTo(Status.STOPPED);
		this.script.stepUpdate = (step) -> {
		};
		assertThat(restart(stopped).deleted()).isEqualTo(1);
	}

	private void requestStop() {
		this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow().requestStop();
	}

	@Test
	void rejectOfARecordThatTheSourceNoLongerHasIsNotDelivered() throws Exception {
		source(0, 20);
		this.script.poison.add("5");
		run();
		Rejects rejects = this.application.getBean(RunTables.class).rejects();
		waiting().forEach((reject) -> rejects.acknowledge(reject.id(), Instant.EPOCH));
		this.script.poison.clear();
		this.script.pushes.clear();
		source(6, 20);
		SyncEvent event = run("FULL", "force");
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(waiting()).isEmpty();
		assertThat(event.deleted()).isEqualTo(5);
		assertThat(this.script.pushes).as("it is not written and deleted again")
			.noneMatch((push) -> push.contains("5"));
		assertThat(this.script.target).hasSize(14).doesNotContainKey("5");
	}

	@Test
	void replayDeletesNothing() throws Exception {
		source(0, 20);
		run();
		source(1, 20);
		this.script.marked.add("7");
		this.script.filter = (context, records) -> records.forEach((record) -> record.set("name", "changed"));
		SyncEvent failed = run("FULL");
		this.script.marked.clear();
		assertThat(replay(failed).success()).isTrue();
		assertThat(this.script.target).hasSize(20);
		assertThat(run("FULL").deleted()).isEqualTo(1);
	}

	@Test
	void firstRunWithTheSettingFindsNothingToDelete() throws Exception {
		IntStream.range(0, 20).forEach((id) -> this.script.target.put(String.valueOf(id), Map.of("number", id)));
		source(10, 20);
		assertThat(run("FULL").success()).isTrue();
		assertThat(this.script.target).hasSize(20);
	}

	@Test
	void recordWhoseKeyTheMappingUnifiesIsNotDeleted() throws Exception {
		source(0, 20);
		run();
		asText(7);
		SyncEvent event = run("FULL");
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.deleted()).isZero();
		assertThat(this.script.target).hasSize(20).containsKey("7");
		assertThat(run("FULL").records().ignored()).isEqualTo(20);
	}

	@Test
	void filteredRecordOfTheSameRowPreventsItsDeletion() throws Exception {
		source(0, 20);
		run();
		asText(7);
		this.script.filter = (context, records) -> records.removeIf((record) -> record.get("id").equals("7"));
		assertThat(run("FULL").success()).isTrue();
		assertThat(this.script.target).hasSize(20);
	}

	@Test
	void rowOfTwoRecordsStaysWhileOneOfThemExists() throws Exception {
		source(0, 20);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> Stream
			.concat(StreamSupport.stream(fetch.fetchRecords(source, context, scope).spliterator(), false),
					Stream.of(textRecord(7)))
			.toList();
		assertThat(run().warnings()).singleElement().asString().contains("one row of the target");
		this.script.fetch = fetch;
		assertThat(run("FULL").deleted()).isZero();
		assertThat(this.script.target).hasSize(20);
	}

	@Test
	void rejectDoesNotOverwriteALaterRecordOfTheSameRow() throws Exception {
		source(0, 20);
		this.script.poison.add("7");
		run();
		acknowledge();
		this.script.poison.clear();
		asText(7);
		this.script.pushes.clear();
		due();
		SyncEvent event = run();
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(this.script.target.get("7")).containsEntry("name", "as text");
		assertThat(waiting()).isEmpty();
		assertThat(this.script.pushes.stream().flatMap(List::stream)).containsOnlyOnce("7");
	}

	@Test
	void rejectDoesNotOverwriteALaterRecordOfTheSameRowFromABrokenRun() throws Exception {
		source(0, 20);
		this.script.poison.add("7");
		SyncEvent failed = run();
		acknowledge();
		this.script.poison.clear();
		asText(7);
		this.script.afterPush = () -> {
			throw new AbortRunException("broke off after the target had written");
		};
		assertThat(run().status()).isEqualTo(Status.ABORTED);
		this.script.afterPush = () -> {
		};
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
		due();
		assertThat(run().success()).isTrue();
		assertThat(this.script.target.get("7")).containsEntry("name", "as text");
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.notRestorable()).contains("same row"));
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> replay(failed))
			.withMessageContaining("cannot be retried separately");
		asText(7);
		assertThat(run().success()).isTrue();
		assertThat(waiting()).isEmpty();
	}

	@Test
	void laterOfTwoFailedRecordsOfARowIsRetried() throws Exception {
		source(0, 20);
		this.script.poison.add("7");
		run();
		acknowledge();
		asText(7);
		run();
		acknowledge();
		this.script.poison.clear();
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
		due();
		assertThat(run().success()).isTrue();
		assertThat(this.script.target.get("7")).containsEntry("name", "as text");
	}

	@Test
	void rejectsOfTwoExistingRecordsOfARowDoNotCloseEachOther() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> List.of(textRecord(7),
				new RecordInFlight(Map.of("id", 7, "name", "bad")).identifiedBy(List.of("id")));
		this.script.filter = (context, records) -> records.stream()
			.filter((record) -> "bad".equals(record.get("name")))
			.forEach((record) -> record.addError("not this one"));
		SyncEvent event = run();
		assertThat(event.records().failed()).isEqualTo(1);
		assertThat(event.success()).isFalse();
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.message()).contains("not this one"));
	}

	/** Changes the key's type at the source. */
	private void asText(int id) {
		source(0, 20);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> StreamSupport
			.stream(fetch.fetchRecords(source, context, scope).spliterator(), false)
			.map((record) -> record.get("id").equals(id) ? textRecord(id) : record)
			.toList();
	}

	private static RecordInFlight textRecord(int id) {
		return new RecordInFlight(Map.of("id", String.valueOf(id), "name", "as text")).identifiedBy(List.of("id"));
	}

	private void due() {
		this.application.getBean(JdbcTemplate.class).update("UPDATE SYNC_REJECT SET NEXT_TRY = FIRST_SEEN");
	}

	private void source(int from, int to) {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		this.script.fetch = (source, context, scope) -> Script.records(scope.equals("0") ? from : (from + to) / 2,
				scope.equals("0") ? (from + to) / 2 : to);
	}

	private List<Reject> waiting() {
		return this.application.getBean(RunTables.class).rejects().waiting(LINK, 100);
	}

}
