package io.deltasync.run.deliver;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RecordInFlight;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.event.SyncEvent;
import io.deltasync.reject.Rejects;
import io.deltasync.run.RunTables;
import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.BreakingRecords;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is stored of single records, by the level of logging.
 */
class RecordLogIT {

	@EachDatabase
	private abstract static class Logging extends ScriptedRuns {

		Logging(String logging, String... settings) {
			super("scriptedSource",
					Stream
						.concat(Stream.of("logging=" + logging, "mask=name", "filters[0].filter=scriptedFilter"),
								Stream.of(settings))
						.map("deltasync.links.people."::concat)
						.toArray(String[]::new));
		}

		/** 0 is warned of, 1 ignored, 2 dropped, 3 fails. */
		SyncEvent runOfAllKinds() throws Exception {
			scopes(2, 5);
			this.script.marked.add(3);
			this.script.filter = (context, records) -> {
				records.removeIf((record) -> record.get("id").equals(2));
				for (RecordInFlight record : records) {
					if (record.get("id").equals(0)) {
						record.addWarning("looks odd");
					}
					if (record.get("id").equals(1)) {
						record.ignore("not wanted");
					}
				}
			};
			return run();
		}

		List<LoggedRecord> logged(SyncEvent event) {
			return this.application.getBean(RunTables.class).log().find(event.id(), 100);
		}

	}

	@Nested
	class OfAll extends Logging {

		OfAll() {
			super("all");
		}

		@Test
		void eachRecordIsStoredWithItsOutcome() throws Exception {
			assertThat(logged(runOfAllKinds())).containsExactly(new LoggedRecord(0L, "0", Outcome.WRITTEN, "looks odd"),
					new LoggedRecord(0L, "1", Outcome.IGNORED, "not wanted"),
					new LoggedRecord(0L, "2", Outcome.DROPPED, null),
					new LoggedRecord(0L, "3", Outcome.FAILED, "will not take 3"),
					new LoggedRecord(0L, "4", Outcome.WRITTEN, null), new LoggedRecord(1L, "5", Outcome.WRITTEN, null),
					new LoggedRecord(1L, "6", Outcome.WRITTEN, null), new LoggedRecord(1L, "7", Outcome.WRITTEN, null),
					new LoggedRecord(1L, "8", Outcome.WRITTEN, null), new LoggedRecord(1L, "9", Outcome.WRITTEN, null));
		}

		@Test
		void restartDeletesWhatFailedScopesLoggedInSmallTransactions() throws Exception {
			this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
			deletesInSmallTransactions(4);
		}

		@Test
		void restartThatPlansAgainDeletesWhatTheRunLoggedInSmallTransactions() throws Exception {
			this.script.plan = (source, context) -> FetchStrategy.immediate();
			deletesInSmallTransactions(2);
		}

		/** Kills each restart in the second transaction that deletes. */
		private void deletesInSmallTransactions(int killed) throws Exception {
			this.script.fetch = (source, context, scope) -> "1".equals(scope) ? List.of()
					: new BreakingRecords(0, 1200);
			this.script.marked.add(7);
			SyncEvent failed = run();
			for (int left : List.of(700, 200)) {
				assertThatIllegalStateException().isThrownBy(() -> takeUpAndDie(failed, killed)).withMessage("killed");
				assertThat(countLogged(failed)).isEqualTo(left);
			}
			this.script.marked.clear();
			this.script.fetch = (source, context, scope) -> "1".equals(scope) ? List.of() : Script.records(0, 3);
			SyncEvent restarted = restart(failed);
			assertThat(restarted.success()).as(restarted.toString()).isTrue();
			assertThat(restarted.records()).isEqualTo(new RecordCounts(3, 3, 0, 0, 0, 0, 0, 0));
			assertThat(countLogged(failed)).isEqualTo(3);
		}

		private int countLogged(SyncEvent event) {
			return Objects.requireNonNull(this.application.getBean(JdbcTemplate.class)
				.queryForObject("SELECT COUNT(*) FROM SYNC_RECORD_LOG WHERE JOB_INSTANCE_ID = ?", Integer.class,
						event.id()));
		}

		@Test
		void maskedValuesAreNotStored() throws Exception {
			scopes(1, 3);
			this.script.filter = (context, records) -> {
				records.get(0).addWarning("'name 0' looks odd");
				records.get(1).addError("'name 1' is no name");
				records.get(2).ignore("'name 2' has opted out");
			};
			SyncEvent event = run();
			assertThat(logged(event)).containsExactly(new LoggedRecord(0L, "0", Outcome.WRITTEN, "'***' looks odd"),
					new LoggedRecord(0L, "1", Outcome.FAILED, "'***' is no name"),
					new LoggedRecord(0L, "2", Outcome.IGNORED, "'***' has opted out"));
			assertThat(event.ignoredReasons()).extracting(IgnoredReason::reason).containsExactly("'***' has opted out");
		}

		@Test
		void scopeThatIsFetchedAgainIsStoredOnce() throws Exception {
			this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
			this.script.fetch = (source, context, scope) -> scope.equals("1") ? Script.records(50, 60)
					: new BreakingRecords(0, 5);
			SyncEvent failed = run();
			assertThat(logged(failed)).hasSize(15);
			this.script.fetch = (source, context, scope) -> Script.records(0, 5);
			SyncEvent done = restart(failed);
			assertThat(done.success()).isTrue();
			assertThat(logged(done)).hasSize(15).extracting(LoggedRecord::key).doesNotHaveDuplicates();
		}

		@Test
		void immediateThatIsPlannedAgainIsStoredOnce() throws Exception {
			this.script.plan = (source, context) -> FetchStrategy.immediate();
			this.script.fetch = (source, context, scope) -> new BreakingRecords(0, 5);
			SyncEvent failed = run();
			assertThat(logged(failed)).hasSize(5);
			this.script.fetch = (source, context, scope) -> Script.records(0, 5);
			assertThat(logged(restart(failed))).hasSize(5);
		}

		@Test
		void manyRecordsAreStored() throws Exception {
			scopes(1, 700);
			assertThat(this.application.getBean(RunTables.class).log().find(run().id(), 1000)).hasSize(700);
		}

	}

	@Nested
	class OfWarnings extends Logging {

		OfWarnings() {
			super("warnings");
		}

		@Test
		void onlyRecordsWithWarningsAreStored() throws Exception {
			assertThat(logged(runOfAllKinds()))
				.containsExactly(new LoggedRecord(0L, "0", Outcome.WRITTEN, "looks odd"));
		}

	}

	@Nested
	class OfErrors extends Logging {

		OfErrors() {
			super("errors");
		}

		@Test
		void onlyRejectsAreStored() throws Exception {
			assertThat(logged(runOfAllKinds())).isEmpty();
		}

	}

	@Nested
	class OfNone extends Logging {

		OfNone() {
			super("none");
		}

		@Test
		void rejectsAreStoredWithoutTheirPropertiesAndAreFetchedAgain() throws Exception {
			SyncEvent failed = runOfAllKinds();
			assertThat(logged(failed)).isEmpty();
			Rejects rejects = this.application.getBean(RunTables.class).rejects();
			assertThat(rejects.waiting(LINK, 10)).singleElement().satisfies((reject) -> {
				assertThat(reject.key()).isEqualTo("3");
				assertThat(reject.properties()).isNull();
				assertThat(reject.notRestorable()).contains("logging: none");
			});
			this.script.marked.clear();
			assertThat(restart(failed).success()).isFalse();
			assertThat(run().success()).isTrue();
			assertThat(rejects.waiting(LINK, 10)).isEmpty();
		}

	}

	@Nested
	class OfFew extends Logging {

		OfFew() {
			super("all", "max-rejects=20", "max-logged-records=50");
		}

		@Test
		void recordsBeyondMaxRejectsAreCountedAndDeliveredByARestart() throws Exception {
			scopes(4, 60);
			this.script.marked.addAll(IntStream.range(0, 240).filter((id) -> id % 2 == 0).boxed().toList());
			SyncEvent failed = run();
			assertThat(failed.success()).isFalse();
			assertThat(failed.records()).isEqualTo(new RecordCounts(240, 120, 0, 120, 0, 0, 0, 0));
			assertThat(failed.scopes().failed()).isBetween(3L, 4L);
			assertThat(failed.errors()).extracting(SyncEvent.Failure::message)
				.anySatisfy(
						(message) -> assertThat(message).contains("are counted but not stored", "max-rejects of 20"));
			assertThat(rejects()).isEqualTo(20);
			assertThat(this.events.lastSuccess(LINK).sync()).isNull();
			SyncEvent again = restart(failed);
			assertThat(again.records()).isEqualTo(failed.records());
			assertThat(rejects()).isEqualTo(20);
			this.script.marked.clear();
			SyncEvent done = restart(again);
			assertThat(done.success()).as(done.toString()).isTrue();
			assertThat(done.records()).isEqualTo(new RecordCounts(240, 240, 0, 0, 0, 0, 0, 0));
			assertThat(this.script.target).hasSize(240);
			assertThat(this.application.getBean(RunTables.class).rejects().anyWaiting(LINK)).isFalse();
			assertThat(this.events.lastSuccess(LINK).sync()).isEqualTo(failed.runTimestamp());
		}

		@Test
		void recordsBeyondMaxRejectsAreDeliveredByAReplayAndByTheNextRun() throws Exception {
			scopes(4, 60);
			this.script.marked.addAll(IntStream.range(0, 240).boxed().toList());
			SyncEvent failed = run();
			this.script.marked.clear();
			assertThat(replay(failed).success()).isTrue();
			assertThat(this.script.target).hasSize(240);
			this.script.marked.add(7);
			SyncEvent next = run();
			assertThat(next.windowStart()).as("a replay moves no window").isNull();
			assertThat(next.records().failed()).isOne();
			assertThat(next.scopes().failed()).isZero();
			this.script.marked.clear();
			assertThat(run().success()).isTrue();
		}

		@Test
		void immediateBeyondMaxRejectsIsFetchedAgain() throws Exception {
			this.script.plan = (source, context) -> FetchStrategy.immediate();
			this.script.fetch = (source, context, scope) -> Script.records(0, 130);
			this.script.marked.addAll(IntStream.range(30, 130).boxed().toList());
			SyncEvent failed = run();
			assertThat(failed.records()).isEqualTo(new RecordCounts(130, 30, 0, 100, 0, 0, 0, 0));
			assertThat(failed.success()).isFalse();
			this.script.marked.clear();
			SyncEvent done = restart(failed);
			assertThat(done.success()).as(done.toString()).isTrue();
			assertThat(done.records()).isEqualTo(new RecordCounts(130, 130, 0, 0, 0, 0, 0, 0));
		}

		@Test
		void logEndsAtItsLimitAndTheEventReportsTheMissingRecords() throws Exception {
			scopes(2, 100);
			SyncEvent event = run();
			assertThat(event.success()).isTrue();
			assertThat(logged(event)).hasSize(50);
			assertThat(event.warnings()).singleElement(InstanceOfAssertFactories.STRING)
				.contains("about 150 records are not logged", "max-logged-records");
		}

		private int rejects() {
			return this.application.getBean(JdbcTemplate.class)
				.queryForObject("SELECT COUNT(*) FROM SYNC_REJECT", Integer.class);
		}

	}

}
