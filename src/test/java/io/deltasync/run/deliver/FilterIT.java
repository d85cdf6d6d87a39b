package io.deltasync.run.deliver;

import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.run.RunTables;
import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.BreakingRecords;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What filters and mapping make of a run.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL })
class FilterIT extends ScriptedRuns {

	FilterIT() {
		super("scriptedSource", "deltasync.links.people.filters[0].filter=scriptedFilter",
				"deltasync.links.people.mapping.rename.name=person.name",
				"deltasync.links.people.mapping.types.[person.name]=text",
				"deltasync.links.people.mapping.types.rank=integer");
	}

	@Test
	void ignoredAndDroppedRecordsAreCountedAndDoNotFailTheRun() throws Exception {
		scopes(2, 60);
		this.script.filter = (context, records) -> {
			records.removeIf((record) -> (int) record.get("id") < 7);
			records.forEach((record) -> {
				if ((int) record.get("id") >= 100) {
					record.ignore("too high");
				}
				record.set("rank", "1");
			});
		};

		SyncEvent event = run();

		assertThat(event.success()).isTrue();
		assertThat(event.records()).isEqualTo(new RecordCounts(120, 93, 0, 0, 0, 20, 7, 0));
		assertThat(this.script.target).hasSize(93);
		assertThat(this.script.target.get(50).get("person")).hasToString("{name=name 50}");
		assertThat(this.script.target.get(50).get("rank")).isEqualTo(1L);
	}

	@Test
	void aRecordThatAFilterOrTheMappingCannotTakeIsRejectedAlone() throws Exception {
		scopes(1, 60);
		this.script.filter = (context, records) -> {
			for (RecordInFlight record : records) {
				record.set("rank", record.get("id").equals(11) ? "first" : "1");
				if (record.get("id").equals(7)) {
					throw new IllegalArgumentException("cannot take 7");
				}
			}
		};

		SyncEvent event = run();

		assertThat(event.success()).isFalse();
		assertThat(event.status()).isEqualTo(Status.COMPLETED);
		assertThat(event.records()).isEqualTo(new RecordCounts(60, 58, 0, 2, 0, 0, 0, 0));
		assertThat(event.errors()).extracting(SyncEvent.Failure::message)
			.satisfiesExactlyInAnyOrder(
					(message) -> assertThat(message).contains("the filter 'scriptedFilter' (", "failed: cannot take 7"),
					(message) -> assertThat(message)
						.isEqualTo("cannot be mapped: property 'rank': 'first' is not a whole number"));
	}

	@Test
	void aFilterWhoseServiceDidNotAnswerAtFirstIsCalledAgain() throws Exception {
		scopes(1, 60);
		AtomicInteger calls = new AtomicInteger();
		this.script.filter = (context, records) -> {
			records.forEach((record) -> record.set("name", record.get("name") + "!").set("rank", "1"));
			if (calls.incrementAndGet() == 2) {
				throw new SocketTimeoutException("no answer");
			}
		};

		SyncEvent event = run();

		assertThat(event.records()).isEqualTo(new RecordCounts(60, 60, 0, 0, 0, 0, 0, 0));
		assertThat(calls).as("two batches").hasValue(3);
		assertThat(this.script.target.get(55).get("person")).hasToString("{name=name 55!}");
	}

	@Test
	void aFilterThatAddsARecordAbortsTheRun() throws Exception {
		scopes(1, 60);
		this.script.filter = (context, records) -> records.add(Script.record(99));

		SyncEvent event = run();

		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors()).singleElement()
			.extracting(SyncEvent.Failure::message)
			.asString()
			.startsWith("Link 'people': the filter 'scriptedFilter' (")
			.contains("added a record");
		assertThat(this.script.target).isEmpty();
	}

	@Test
	void ignoredRecordsAreCountedByReasonAndOnceAcrossRestarts() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		this.script.fetch = (source, context, scope) -> scope.equals("1") ? Script.records(100, 130)
				: new BreakingRecords(0, 60);
		this.script.filter = (context, records) -> records.forEach((record) -> {
			record.set("rank", 1);
			int id = (int) record.get("id");
			if (id % 3 > 0) {
				record.ignore((id % 3 == 1) ? "too odd" : "too\n even ");
			}
		});

		SyncEvent failed = run();

		assertThat(failed.records().ignored()).isEqualTo(60);
		assertThat(failed.ignoredReasons()).containsExactly(new IgnoredReason("too even", 30),
				new IgnoredReason("too odd", 30));
		this.script.fetch = (source, context, scope) -> new BreakingRecords(0, 2);
		SyncEvent stillFailed = restart(failed);
		assertThat(stillFailed.ignoredReasons()).containsExactly(new IgnoredReason("too odd", 11),
				new IgnoredReason("too even", 10));
		this.script.fetch = (source, context, scope) -> List.of(Script.record(0), Script.record(3));
		SyncEvent done = restart(stillFailed);
		assertThat(done.success()).isTrue();
		assertThat(done.records().ignored()).isEqualTo(20);
		assertThat(done.ignoredReasons()).containsExactly(new IgnoredReason("too even", 10),
				new IgnoredReason("too odd", 10));
	}

	@Test
	void rejectThatAFilterLeftOutOnceFailsTheNextRunThatMeetsIt() throws Exception {
		scopes(1, 5);
		RecordFilter ranking = (context, records) -> records.forEach((record) -> record.set("rank", 1));
		this.script.filter = ranking;
		this.script.poison.add(1);
		assertThat(run().success()).isFalse();
		this.script.filter = (context, records) -> {
			records.removeIf((record) -> record.get("id").equals(1));
			ranking.process(context, records);
		};
		assertThat(run().success()).isTrue();
		this.script.filter = ranking;
		assertThat(run().success()).as("nobody has discarded it").isFalse();
		assertThat(this.application.getBean(RunTables.class).rejects().waiting(LINK, 10)).hasSize(1);
	}

	@Test
	void rejectThatAFilterLaterIgnoresIsCountedAndNoLongerWaits() throws Exception {
		scopes(1, 5);
		this.script.filter = (context, records) -> records.forEach((record) -> record.set("rank", 1));
		this.script.poison.addAll(List.of(1, 2, 3));
		SyncEvent failed = run();
		assertThat(failed.records()).isEqualTo(new RecordCounts(5, 2, 0, 3, 0, 0, 0, 0));
		this.script.poison.clear();
		this.script.filter = (context, records) -> {
			records.removeIf((record) -> record.get("id").equals(1));
			records.forEach((record) -> {
				record.set("rank", 1);
				if (record.get("id").equals(2)) {
					record.ignore("too even");
				}
			});
		};

		SyncEvent done = restart(failed);

		assertThat(done.success()).as(done.toString()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(5, 3, 0, 0, 0, 1, 1, 0));
		assertThat(done.ignoredReasons()).containsExactly(new IgnoredReason("too even", 1));
		assertThat(this.application.getBean(RunTables.class).rejects().waiting(LINK, 10)).isEmpty();
	}

	@Test
	void reasonsAreDistinguishedUpToALimit() throws Exception {
		scopes(3, 100);
		this.script.filter = (context, records) -> records
			.forEach((record) -> record.ignore("cannot use " + record.get("id") + "x".repeat(300)));

		SyncEvent event = run();

		assertThat(event.ignoredReasons()).hasSize(101).last().isEqualTo(new IgnoredReason("other", 200));
		assertThat(event.ignoredReasons().get(0).reason()).hasSize(200);
	}

}
