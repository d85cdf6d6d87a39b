package io.deltasync.run.deliver;

import java.net.ConnectException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.codec.ValueCodec;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Reject.State;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.Tally;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.BreakingRecords;
import io.deltasync.testing.CountedProperties;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.ScriptedSource;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What becomes of records that cannot be delivered.
 */
@EachDatabase
public class RejectIT extends ScriptedRuns {

	private Rejects rejects;

	public RejectIT() {
		super("scriptedSource", "deltasync.links.people.quarantine-after=3", "deltasync.links.people.mask=secret",
				"deltasync.links.people.max-reject-size=2000");
	}

	@BeforeEach
	void find() {
		this.rejects = this.application.getBean(RunTables.class).rejects();
	}

	@Test
	void recordThatFailsIsStoredWithItsOriginalPropertiesUntilItIsDelivered() throws Exception {
		scopes(2, 5);
		this.script.poison.add(7);
		SyncEvent failed = run();
		assertThat(failed.success()).isFalse();
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.key()).isEqualTo("7");
			assertThat(reject.state()).isEqualTo(State.OPEN);
			assertThat(reject.stage()).isEqualTo(Reject.Stage.TARGET);
			assertThat(reject.message()).contains("cannot take 7");
			assertThat(reject.properties()).isEqualTo("{\"id\":7,\"name\":\"name 7\"}");
			assertThat(reject.attempts()).isEqualTo(1);
			assertThat(reject.firstEvent()).isEqualTo(failed.id());
			assertThat(reject.lastEvent()).isEqualTo(failed.id());
		});
		this.script.poison.clear();
		assertThat(run().success()).isTrue();
		assertThat(waiting()).isEmpty();
		assertThat(this.events.find(failed.id()).orElseThrow().errors()).singleElement()
			.satisfies((error) -> assertThat(error.message()).contains("cannot take 7"));
	}

	/** PostgreSQL has no such character. */
	@Test
	void textsWithTheCharacterZeroAreStored() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> {
			RunContext.currentContext().addWarning("odd \0 warning");
			return List.of(new RecordInFlight(Map.of("id", "a\0b", "name", "x\0y")).identifiedBy(List.of("id")));
		};
		this.script.poison.add("a\0b");
		SyncEvent failed = run();
		assertThat(failed.records().failed()).as(failed.toString()).isEqualTo(1);
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.properties()).contains("a\\u0000b", "x\\u0000y");
			assertThat(reject.message()).contains("cannot take a").doesNotContain("\0");
		});
		assertThat(failed.warnings()).singleElement().asString().matches("odd . warning");
		this.script.poison.clear();
		assertThat(run().success()).isTrue();
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("odd \0 plan");
		};
		assertThat(run().status()).isEqualTo(Status.ABORTED);
	}

	@Test
	void restartDeliversTheRejectsOfItsRunAndFetchesNothingAgain() throws Exception {
		scopes(4, 5);
		this.script.poison.addAll(List.of(3, 8, 19));
		SyncEvent failed = run();
		assertThat(failed.records()).isEqualTo(new RecordCounts(20, 17, 0, 3, 0, 0, 0, 0));
		this.script.fetched.clear();
		this.script.poison.remove(3);
		this.script.poison.remove(8);
		SyncEvent stillFailed = restart(failed);
		assertThat(stillFailed.records()).isEqualTo(new RecordCounts(20, 19, 0, 1, 0, 0, 0, 0));
		assertThat(stillFailed.success()).isFalse();
		assertThat(stillFailed.errors()).hasSize(1);
		this.script.poison.clear();
		SyncEvent done = restart(stillFailed);
		assertThat(done.success()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(20, 20, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.fetched).isEmpty();
		assertThat(this.script.target).hasSize(20);
		assertThat(this.script.target.get(8)).isEqualTo(Map.of("id", 8, "name", "name 8"));
	}

	@Test
	void eventNamesTheRecordsThatStillFailAfterARestart() throws Exception {
		scopes(4, 5);
		this.script.poison.addAll(List.of(1, 2, 3, 4, 12));
		SyncEvent failed = run();
		assertThat(failed.errors()).hasSize(5);
		this.script.poison.retainAll(List.of(12));
		SyncEvent stillFailed = restart(failed);
		assertThat(stillFailed.errors()).extracting(SyncEvent.Failure::key).containsExactly("12");
		this.script.poison.clear();
		assertThat(run().success()).isTrue();
		assertThat(this.events.find(failed.id()).orElseThrow().errors()).extracting(SyncEvent.Failure::key)
			.as("also when it has been delivered by a later run")
			.containsExactly("12");
	}

	@Test
	void eventNamesTheRecordsThatStillFailAfterTheRestartOfAnAbort() throws Exception {
		scopes(60, 50);
		IntStream.range(0, 3000).forEach(this.script.poison::add);
		SyncEvent aborted = run();
		assertThat(aborted.status()).isEqualTo(Status.ABORTED);
		this.script.poison.retainAll(List.of(2, 2990));
		SyncEvent failed = restart(aborted);
		assertThat(failed.records().failed()).isEqualTo(2);
		assertThat(failed.errors()).extracting(SyncEvent.Failure::key).containsExactlyInAnyOrder("2", "2990");
	}

	@Test
	void eventKeepsTheReasonsOfItsFailuresWhenRecordsFailLaterForOthers() throws Exception {
		scopes(1, 5);
		this.script.poison.addAll(List.of(1, 2));
		SyncEvent first = run();
		this.script.poison.clear();
		this.script.marked.addAll(List.of(2, 3));
		SyncEvent second = run();
		assertThat(this.events.find(first.id()).orElseThrow().errors()).extracting(SyncEvent.Failure::message)
			.hasSize(2)
			.allMatch((message) -> message.contains("cannot take"));
		assertThat(this.events.find(second.id()).orElseThrow().errors()).extracting(SyncEvent.Failure::key)
			.containsExactly("2", "3");
	}

	@Test
	void rejectOfARecordThatIsDeletedAtTheSourceHoldsNoWindow() throws Exception {
		scopes(1, 5);
		assertThat(run().success()).isTrue();
		this.script.fetch = (source, context, scope) -> Script.records(5, 8);
		this.script.poison.add(6);
		SyncEvent failed = run();
		assertThat(holding()).extracting(Reject::key).containsExactly("6");
		this.script.fetch = (source, context, scope) -> List.of(Script.record(5), Script.record(7));
		assertThat(run().success()).isTrue();
		assertThat(holding()).isEmpty();
		assertThat(waiting()).isEmpty();
		this.script.poison.clear();
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> replay(failed))
			.withMessageContaining("nothing of event");
		assertThat(this.script.target).doesNotContainKey(6);
	}

	@Test
	void rejectThatAFullRunDidNotMeetNoLongerWaitsInAnyState() throws Exception {
		scopes(1, 5);
		this.script.poison.addAll(List.of(1, 2));
		SyncEvent failed = run();
		acknowledge();
		assertThat(run().success()).isTrue();
		this.script.fetch = (source, context, scope) -> List.of(Script.record(0));
		this.script.poison.clear();
		due();
		SyncEvent full = run("FULL");
		assertThat(full.success()).isTrue();
		assertThat(full.records()).isEqualTo(new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		assertThat(waiting()).isEmpty();
		assertThat(this.script.target).doesNotContainKeys(1, 2);
		due();
		nothingChanges();
		assertThat(run().records()).isEqualTo(RecordCounts.NONE);
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> replay(failed));
	}

	@Test
	void rejectedDeletionStillWaitsWhenTheSourceNoLongerReturnsIt() throws Exception {
		scopes(1, 5);
		assertThat(run().success()).isTrue();
		this.script.fetch = (source, context, scope) -> List
			.of(new RecordInFlight(Map.of("id", 3), Operation.DELETE).identifiedBy(List.of("id")));
		this.script.poison.add(3);
		SyncEvent failed = run();
		assertThat(failed.success()).isFalse();
		nothingChanges();
		assertThat(run().success()).isTrue();
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0"));
		this.script.fetch = (source, context, scope) -> List.of(Script.record(1));
		assertThat(run("FULL").success()).isTrue();
		assertThat(waiting()).extracting(Reject::key).containsExactly("3");
		assertThat(this.script.target).containsKey(3);
		this.script.poison.clear();
		assertThat(replay(failed).success()).isTrue();
		assertThat(waiting()).isEmpty();
		assertThat(this.script.target).doesNotContainKey(3);
	}

	@Test
	void rejectOfAFullRunIsNotGoneWhenADeltaDoesNotMeetIt() throws Exception {
		scopes(1, 5);
		assertThat(run().success()).isTrue();
		this.script.poison.add(3);
		SyncEvent full = run("FULL");
		assertThat(full.success()).isFalse();
		assertThat(holding()).hasSize(1);
		nothingChanges();
		assertThat(run().success()).isTrue();
		assertThat(holding()).isEmpty();
		assertThat(waiting()).extracting(Reject::key).containsExactly("3");
		this.script.poison.clear();
		assertThat(replay(full).success()).isTrue();
		assertThat(waiting()).isEmpty();
	}

	@Test
	void acknowledgedRejectThatIsOlderThanTheWindowIsNotGoneWhenItWasTriedAlone() throws Exception {
		scopes(1, 5);
		this.script.poison.add(3);
		run();
		acknowledge();
		assertThat(run().success()).isTrue();
		nothingChanges();
		due();
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0"));
		this.script.fetch = (source, context, scope) -> Script.records(10, 12);
		this.script.poison.add(11);
		assertThat(run().success()).as("11 fails, and 3 was tried alone").isFalse();
		this.script.poison.remove(11);
		assertThat(run().success()).isTrue();
		assertThat(waiting()).extracting(Reject::key).containsExactly("3");
		this.script.poison.clear();
		due();
		nothingChanges();
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).containsKey(3);
	}

	@Test
	void recordsWithoutAnIdentityDoNotAccumulate() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> {
			Map<String, Object> properties = new LinkedHashMap<>();
			properties.put("id", 7);
			properties.put("handle", new Object());
			return List.of(new RecordInFlight(properties));
		};
		this.script.poison.add(7);
		for (int i = 0; i < 3; i++) {
			assertThat(run().success()).isFalse();
			assertThat(waiting()).hasSize(1);
		}
		this.script.fetch = (source, context, scope) -> List.of();
		assertThat(run().success()).isTrue();
		assertThat(waiting()).isEmpty();
	}

	@Test
	void earlierVersionsOfARecordWithoutAKeyDoNotWaitOnceItIsDelivered() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		for (String name : List.of("bad", "worse")) {
			this.script.fetch = (source, context, scope) -> List
				.of(new RecordInFlight(new LinkedHashMap<>(Map.of("id", 7, "name", name))));
			this.script.poison.add(7);
			assertThat(run().success()).isFalse();
		}
		this.script.poison.clear();
		this.script.fetch = (source, context, scope) -> List
			.of(new RecordInFlight(new LinkedHashMap<>(Map.of("id", 7, "name", "good"))));
		assertThat(run().success()).isTrue();
		assertThat(waiting()).isEmpty();
	}

	private List<Reject> holding() {
		return this.rejects.holding(LINK, this.events.eventOf(LINK, this.events.lastSuccess(LINK)), 100);
	}

	@Test
	void recordsOfAScopeThatIsFetchedAgainAreNotRetriedSeparately() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		this.script.poison.add(0);
		this.script.fetch = (source, context, scope) -> scope.equals("1") ? Script.records(50, 60)
				: new BreakingRecords(0, 50);
		SyncEvent failed = run();
		assertThat(failed.scopes().failed()).isEqualTo(1);
		assertThat(failed.records().failed()).isEqualTo(1);
		this.script.poison.clear();
		this.script.fetch = (source, context, scope) -> Script.records(1, 50);
		SyncEvent done = restart(failed);
		assertThat(done.success()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(59, 59, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void acknowledgedRecordFailsNoRunAndIsRetriedSeparatelyUntilItIsDelivered() throws Exception {
		scopes(2, 5);
		this.script.poison.add(7);
		run();
		acknowledge();
		SyncEvent again = run();
		assertThat(again.success()).isTrue();
		assertThat(again.records()).isEqualTo(new RecordCounts(10, 9, 0, 1, 0, 0, 0, 1));
		nothingChanges();
		assertThat(run().records()).isEqualTo(RecordCounts.NONE);
		due();
		SyncEvent tried = run();
		assertThat(tried.success()).isTrue();
		assertThat(tried.records()).isEqualTo(new RecordCounts(1, 0, 0, 1, 0, 0, 0, 1));
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.state()).isEqualTo(State.ACKNOWLEDGED));
		this.script.poison.clear();
		due();
		assertThat(run().records()).isEqualTo(new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.target).containsKey(7);
		assertThat(waiting()).isEmpty();
	}

	@Test
	void restartCountsAnAcknowledgedRejectOfItsRunOnce() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		run();
		acknowledge();
		this.script.poison.add(3);
		SyncEvent failed = run();
		assertThat(failed.records()).isEqualTo(new RecordCounts(5, 3, 0, 2, 0, 0, 0, 1));
		failed = restart(failed);
		assertThat(failed.records()).isEqualTo(new RecordCounts(5, 3, 0, 2, 0, 0, 0, 1));
		this.script.poison.remove(2);
		failed = restart(failed);
		assertThat(failed.records()).isEqualTo(new RecordCounts(5, 4, 0, 1, 0, 0, 0, 0));
		acknowledge();
		SyncEvent done = restart(failed);
		assertThat(done.success()).as(done.toString()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(5, 4, 0, 1, 0, 0, 0, 1));
	}

	@Test
	void recordThatFailedInEnoughRunsIsQuarantined() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		assertThat(run().success()).isFalse();
		assertThat(run().success()).isFalse();
		SyncEvent third = run();
		assertThat(third.success()).isFalse();
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.state()).isEqualTo(State.QUARANTINED));
		SyncEvent fourth = run();
		assertThat(fourth.success()).isTrue();
		assertThat(fourth.windowStart()).isNull();
		assertThat(run().windowStart()).isEqualTo(fourth.runTimestamp());
	}

	@Test
	void restartsOfOneRunAreOneAttemptForTheQuarantine() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		SyncEvent event = run();
		for (int i = 0; i < 4; i++) {
			event = restart(event);
		}
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.state()).isEqualTo(State.OPEN);
			assertThat(reject.attempts()).isEqualTo(1);
		});
	}

	@Test
	void laterVersionThatIsDeliveredNormallyEndsTheQuarantine() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		run();
		acknowledge();
		this.script.poison.clear();
		this.script.fetch = (source, context, scope) -> List.of(record(2, "new name"));
		assertThat(run().success()).isTrue();
		assertThat(waiting()).isEmpty();
		nothingChanges();
		due();
		run();
		assertThat(this.script.target.get(2)).containsEntry("name", "new name");
	}

	@Test
	void versionThatABrokenRunFetchedAgainIsRetriedAnyway() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		run();
		acknowledge();
		this.script.beforePush = () -> {
			throw new AbortRunException("broke off");
		};
		assertThat(run("FULL").status()).isEqualTo(Status.ABORTED);
		this.script.beforePush = () -> {
		};
		this.script.poison.clear();
		nothingChanges();
		due();
		assertThat(run().records().written()).isEqualTo(1);
		assertThat(this.script.target).containsKey(2);
		assertThat(waiting()).isEmpty();
	}

	@Test
	void versionThatABrokenRunMayHaveSupersededIsNotRetriedUntilTheRecordIsFetched() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		run();
		acknowledge();
		this.script.poison.clear();
		Script.Fetch fetch = (source, context, scope) -> List.of(record(2, "new name"));
		this.script.fetch = fetch;
		this.script.afterPush = () -> {
			throw new AbortRunException("broke off after the target had written");
		};
		assertThat(run().status()).isEqualTo(Status.ABORTED);
		this.script.afterPush = () -> {
		};
		this.script.fetch = (source, context, scope) -> List.of();
		due();
		assertThat(run().records()).isEqualTo(RecordCounts.NONE);
		assertThat(this.script.target.get(2)).containsEntry("name", "new name");
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.notRestorable()).contains("another version"));
		this.script.fetch = fetch;
		this.script.poison.add(2);
		assertThat(run().success()).isTrue();
		assertThat(waiting()).singleElement().satisfies((reject) -> assertThat(reject.notRestorable()).isNull());
		nothingChanges();
		this.script.poison.clear();
		due();
		assertThat(run().records().written()).isEqualTo(1);
		assertThat(waiting()).isEmpty();
	}

	@Test
	void discardedVersionFailsNoRunButALaterOneDoes() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		run();
		inTransaction(() -> this.rejects.discard(waiting().get(0).id()));
		assertThat(run().success()).isTrue();
		this.script.fetch = (source, context, scope) -> List.of(record(2, "new name"));
		assertThat(run().success()).isFalse();
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.state()).isEqualTo(State.OPEN);
			assertThat(reject.attempts()).isEqualTo(1);
		});
	}

	@Test
	void recordIsMadeAgainWithTheTypesItHad() throws Exception {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("id", 1L);
		properties.put("at", LocalDateTime.of(2026, 11, 21, 8, 0, 0, 123_000));
		properties.put("price", new java.math.BigDecimal("1.10"));
		properties.put("photo", new byte[] { 1, 2 });
		properties.put("nothing", null);
		properties.put("lines", List.of(Map.of("sku", "a", "count", 2)));
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> List
			.of(new RecordInFlight(properties).identifiedBy(List.of("id")));
		this.script.poison.add(1L);
		SyncEvent failed = run();
		this.script.poison.clear();
		assertThat(restart(failed).success()).isTrue();
		assertThat(this.script.target.get(1L)).usingRecursiveComparison().isEqualTo(properties);
		assertThat(waiting()).isEmpty();
	}

	@Test
	void maskedAndTooLargePropertiesAreNotStoredAndNotDeliveredFromThere() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> List.of(
				new RecordInFlight(new TreeMap<>(Map.of("id", 1, "secret", "4711"))).identifiedBy(List.of("id")),
				record(2, "x".repeat(3000)));
		this.script.poison.addAll(List.of(1, 2));
		SyncEvent failed = run();
		assertThat(waiting()).extracting(Reject::properties)
			.containsExactlyInAnyOrder("{\"id\":1,\"secret\":\"***\"}", null);
		assertThat(waiting()).extracting(Reject::notRestorable)
			.satisfiesExactlyInAnyOrder((why) -> assertThat(why).contains("masked"),
					(why) -> assertThat(why).contains("max-reject-size"));
		this.script.poison.clear();
		assertThat(restart(failed).success()).isFalse();
		assertThat(this.script.target).isEmpty();
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).hasSize(2);
		assertThat(waiting()).isEmpty();
	}

	@Test
	void maskedValuesAreNotShownInMessagesAndKeys() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> {
			RecordInFlight refused = new RecordInFlight(Map.of("id", 1, "secret", "4711"))
				.identifiedBy(List.of("secret"));
			refused.addError("Duplicate entry '4711' for key 'secret'");
			return List.of(refused);
		};
		SyncEvent failed = run();
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.key()).isEqualTo("***");
			assertThat(reject.message()).isEqualTo("Duplicate entry '***' for key 'secret'");
		});
		assertThat(failed.errors()).singleElement().asString().contains("Duplicate entry").doesNotContain("4711");
	}

	@Test
	void recordsWithoutAKeyValueAreAcknowledgedOneByOne() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.targetKey = "name";
		this.script.fetch = (source, context, scope) -> List.of(nameless("a"), nameless("b"));
		this.script.poison.addAll(List.of("a", "b"));
		assertThat(run().success()).isFalse();
		assertThat(waiting()).hasSize(2);
		inTransaction(() -> this.rejects.acknowledge(waiting().get(0).id(), Instant.now()));
		SyncEvent event = run();
		assertThat(event.success()).isFalse();
		assertThat(event.records().acknowledged()).isEqualTo(1);
	}

	@Test
	void targetMayWarnWhileRejectsAreRetried() throws Exception {
		scopes(1, 5);
		this.script.poison.add(3);
		SyncEvent failed = run();
		this.script.poison.clear();
		this.script.beforePush = () -> RunContext.currentContext().addWarning("looks new");
		SyncEvent done = restart(failed);
		assertThat(done.success()).isTrue();
		assertThat(done.warnings()).containsExactly("looks new");
	}

	@Test
	void recordThatTheSourceMarkedAsFailedIsNotRetriedWithoutIt() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> {
			RecordInFlight unreadable = record(1, "");
			unreadable.addError("name cannot be read");
			return List.of(unreadable, record(2, "two"));
		};
		SyncEvent failed = run();
		assertThat(failed.records().failed()).isEqualTo(1);
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.message()).isEqualTo("name cannot be read");
			assertThat(reject.notRestorable()).contains("came failed from its source");
		});
		assertThat(restart(failed).success()).isFalse();
		assertThat(this.script.target).containsOnlyKeys(2);
		inTransaction(() -> this.rejects.acknowledge(waiting().get(0).id(), Instant.now()));
		this.script.fetch = (source, context, scope) -> List.of();
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).containsOnlyKeys(2);
		this.script.fetch = (source, context, scope) -> List.of(record(1, "one"));
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).containsOnlyKeys(1, 2);
		assertThat(waiting()).isEmpty();
	}

	@Test
	void recordWhoseKeyHasTooManyPropertiesIsRejectedAnyway() throws Exception {
		Map<String, Object> properties = new LinkedHashMap<>(Map.of("id", 1));
		IntStream.range(0, 50).forEach((number) -> properties.put("a quite long name of a property " + number, "x"));
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> List
			.of(new RecordInFlight(properties).identifiedBy(List.copyOf(properties.keySet())));
		this.script.poison.add(1);
		SyncEvent failed = run();
		assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.COMPLETED);
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.notRestorable()).contains("properties of its key", "1000"));
		this.script.poison.clear();
		assertThat(run().success()).isTrue();
		assertThat(waiting()).isEmpty();
	}

	@Test
	void recordThatDiffersInAFractionOfASecondOfItsKeyEndsNoOtherRecordsReject() throws Exception {
		this.script.targetKey = "at";
		records("at", new Date(1_000));
		this.script.poison.add(new Date(1_000));
		run();
		acknowledge();
		records("at", new Date(1_500));
		assertThat(run().success()).isTrue();
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.state()).isEqualTo(State.ACKNOWLEDGED));
		this.script.poison.clear();
		nothingChanges();
		due();
		run();
		assertThat(this.script.target).containsOnlyKeys(new Date(1_000), new Date(1_500));
	}

	@Test
	void recordWhoseKeyCannotBeComparedIsRejectedWithThatReason() throws Exception {
		records("at", new StringBuilder("now"), "then");
		SyncEvent event = run();
		assertThat(event.records()).isEqualTo(new RecordCounts(2, 1, 0, 1, 0, 0, 0, 0));
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.message()).contains("'at'", "cannot be compared");
			assertThat(reject.notRestorable()).contains("key");
		});
	}

	@Test
	void rejectThatAnEarlierVersionIdentifiedByTheTextOfItsKeyIsEndedByALaterVersion() throws Exception {
		this.script.targetKey = "at";
		records("at", new Date(1_000), new Date(2_000), new Date(3_000));
		this.script.poison.addAll(List.of(new Date(1_000), new Date(2_000)));
		run();
		acknowledge();
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.update("UPDATE SYNC_REJECT SET RECORD_ID = CONCAT('former ', REJECT_ID)");
		jdbc.update("DELETE FROM SYNC_REJECT_ROW");
		this.script.poison.remove(new Date(1_000));
		records("at", new Date(1_000));
		assertThat(run().success()).isTrue();
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.state()).isEqualTo(State.ACKNOWLEDGED));
		this.script.poison.clear();
		nothingChanges();
		due();
		assertThat(run().records().written()).isEqualTo(1);
		assertThat(waiting()).isEmpty();
		assertThat(this.script.target).containsOnlyKeys(new Date(1_000), new Date(2_000), new Date(3_000));
	}

	@Test
	void versionThatWasDiscardedInAnEarlierVersionOfTheProgramFailsNoRun() throws Exception {
		scopes(1, 5);
		this.script.poison.addAll(List.of(2, 3));
		run();
		waiting().forEach((reject) -> this.rejects.discard(reject.id()));
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.update("UPDATE SYNC_REJECT SET RECORD_ID = CONCAT('former ', REJECT_ID), CONTENT_ID = 'former'");
		jdbc.update("UPDATE SYNC_REJECT SET PROPERTIES = NULL, NOT_RESTORABLE = 'too long' WHERE RECORD_KEY = '3'");
		jdbc.update("DELETE FROM SYNC_REJECT_ROW");
		SyncEvent event = run();
		assertThat(event.records()).as("what cannot be recognised fails again")
			.isEqualTo(new RecordCounts(5, 3, 0, 2, 0, 0, 0, 1));
		assertThat(waiting()).singleElement().satisfies((reject) -> assertThat(reject.key()).isEqualTo("3"));
		this.script.poison.remove(3);
		assertThat(run().success()).isTrue();
		assertThat(waiting()).isEmpty();
	}

	@Test
	void runReadsOnceWhetherDiscardedRejectsAreIdentified() throws Exception {
		assumeThat(this.database).as("H2 counts its statements").isEqualTo(TestDatabase.H2);
		scopes(1, 5);
		this.script.poison.add(2);
		run();
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.execute("SET QUERY_STATISTICS TRUE");
		run();
		assertThat(jdbc.queryForObject("""
				SELECT SUM(EXECUTION_COUNT) FROM INFORMATION_SCHEMA.QUERY_STATISTICS
				WHERE SQL_STATEMENT LIKE 'SELECT RECORD_ID FROM SYNC_REJECT_ROW WHERE LINK = ? AND RECORD_ID = ?'""",
				Integer.class))
			.isOne();
	}

	private void records(String key, Object... values) {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0"));
		this.script.fetch = (source, context, scope) -> Stream.of(values)
			.map((value) -> new RecordInFlight(Map.of(key, value, "id", value)).identifiedBy(List.of(key)))
			.toList();
	}

	@Test
	void recordsWithoutAKeyAreWrittenOnceAlthoughAnotherWaits() throws Exception {
		AtomicInteger reads = new AtomicInteger();
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("a"));
		this.script.fetch = (source, context, scope) -> IntStream.range(0, 40)
			.mapToObj((id) -> new RecordInFlight(CountedProperties.of(id, reads)))
			.toList();
		assertThat(run().success()).isTrue();
		int before = reads.getAndSet(0);
		Script.Fetch good = this.script.fetch;
		this.script.fetch = (source, context, scope) -> Script.records(41, 42)
			.stream()
			.map((record) -> new RecordInFlight(record.originalProperties()))
			.toList();
		this.script.poison.add(41);
		assertThat(run().success()).isFalse();
		assertThat(waiting()).hasSize(1);
		this.script.fetch = good;
		assertThat(run().success()).isTrue();
		int more = reads.getAndSet(0) - before;
		ValueCodec.ofProperties(ScriptedSource.class)
			.write(new RecordInFlight(CountedProperties.of(1, reads)).originalProperties());
		assertThat(more).isLessThanOrEqualTo(40 * reads.get());
	}

	@Test
	void recordsWithoutAKeyAreIdentifiedByTheirContent() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> List.of(new RecordInFlight(Map.of("id", 1, "name", "a")),
				new RecordInFlight(Map.of("id", 2, "name", "b")));
		this.script.poison.addAll(List.of(1, 2));
		run();
		run();
		assertThat(waiting()).extracting(Reject::attempts).containsExactly(2, 2);
		this.script.poison.remove(1);
		run();
		assertThat(waiting()).singleElement().satisfies((reject) -> assertThat(reject.properties()).contains("\"b\""));
	}

	@Test
	void testingRunLeavesRealRejectsAsTheyAre() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		run();
		Reject before = waiting().get(0);
		this.script.poison.add(3);
		SyncEvent testing = runTesting();
		assertThat(testing.errors()).hasSize(2);
		assertThat(waiting()).containsExactly(before);
		this.script.poison.clear();
		runTesting();
		assertThat(waiting()).containsExactly(before);
	}

	@Test
	void recordThatFailsAfterItsDeliveryIsANewReject() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		run();
		this.script.poison.clear();
		run();
		this.script.poison.add(2);
		SyncEvent event = run();
		assertThat(event.success()).isFalse();
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.attempts()).isEqualTo(1);
			assertThat(reject.firstEvent()).isEqualTo(event.id());
		});
	}

	@Test
	void stoppedOrIncompleteRunRetriesNoReject() throws Exception {
		scopes(2, 5);
		this.script.poison.add(7);
		run();
		acknowledge();
		this.script.poison.clear();
		this.script.pushes.clear();
		this.script.fetch = (source, context, scope) -> {
			throw new IllegalStateException("source says no");
		};
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.COMPLETED);
		assertThat(event.scopes().failed()).isEqualTo(2);
		assertThat(this.script.pushes).isEmpty();
		assertThat(waiting()).hasSize(1);
	}

	@Test
	void oldRecordWithAColumnThatTheTargetLostAbortsNoRun() throws Exception {
		scopes(2, 5);
		this.script.poison.addAll(List.of(3, 7));
		run();
		acknowledge();
		nothingChanges();
		this.script.poison.clear();
		this.script.misfits.add(7);
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.records()).isEqualTo(new RecordCounts(2, 1, 0, 1, 0, 0, 0, 1));
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.message()).contains("no column for 7"));
	}

	@Test
	void runIsAbortedWhenMostOfItsFirstRecordsFail() throws Exception {
		scopes(100, 100);
		IntStream.range(0, 10_000).filter((id) -> id % 3 > 0).forEach(this.script.marked::add);
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'",
				isRemote() ? "records failed" : "of the first 1000 records failed", "max-reject-share of 50 %",
				"will not take");
		// what three lanes had under way is still delivered and counted; workers are
		// looked at about once a second
		assertThat(event.records().fetched()).isLessThan(isRemote() ? 10_001 : 1500);
		assertThat(event.records().addUp()).isTrue();
		this.script.marked.clear();
		SyncEvent restarted = restart(event);
		assertThat(restarted.success()).isTrue();
		assertThat(this.script.target).hasSize(10_000);
	}

	@Test
	void lastVersionOfARecordInABatchDecidesWhetherItWaits() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		RecordInFlight bad = record(7, "bad");
		bad.addError("no good");
		this.script.fetch = (source, context, scope) -> List.of(record(7, "good"), bad);
		assertThat(run().success()).isFalse();
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.properties()).contains("\"bad\""));
		RecordInFlight badFirst = record(7, "bad");
		badFirst.addError("no good");
		this.script.fetch = (source, context, scope) -> List.of(badFirst, record(7, "good"));
		run();
		assertThat(waiting()).isEmpty();
	}

	@Test
	void laterVersionInTheSameRunEndsTheRejectOfAnEarlierOne() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		RecordInFlight bad = record(7, "bad");
		bad.addError("no good");
		List<RecordInFlight> records = new ArrayList<>(List.of(bad));
		// so that the later version comes in a batch of its own
		records.addAll(Script.records(100, 150));
		records.add(record(7, "good"));
		this.script.fetch = (source, context, scope) -> records;
		SyncEvent event = run();
		assertThat(event.records().failed()).isEqualTo(1);
		assertThat(event.success()).as("or it would hold the window for ever").isTrue();
		assertThat(this.script.target.get(7)).containsEntry("name", "good");
		assertThat(waiting()).isEmpty();
	}

	@Test
	void recordThatFailsInSeveralVersionsFailsTheRunByTheLast() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		List<RecordInFlight> records = new ArrayList<>();
		this.script.fetch = (source, context, scope) -> records.stream().map(RejectIT::copy).toList();
		this.script.targetKey = "name";
		this.script.poison.add("bad");
		records.addAll(List.of(record(7, "bad"), record(7, "bad"), record(7, "good")));
		assertThat(run().success()).isTrue();
		records.add(record(7, "bad"));
		SyncEvent failed = run();
		assertThat(failed.records().failed()).isEqualTo(3);
		assertThat(failed.success()).isFalse();
		assertThat(waiting()).hasSize(1);
		records.addAll(Script.records(100, 150));
		records.addAll(List.of(record(7, "bad"), record(7, "good")));
		assertThat(run().success()).isTrue();
		assertThat(waiting()).isEmpty();
	}

	@Test
	void restartDeliversARecordThatFailedInSeveralVersions() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> List.of(record(7, "bad"), record(7, "worse"));
		this.script.poison.add(7);
		SyncEvent failed = run();
		assertThat(failed.records().failed()).isEqualTo(2);
		assertThat(failed.success()).isFalse();
		SyncEvent stillFailed = restart(failed);
		assertThat(stillFailed.success()).isFalse();
		this.script.poison.clear();
		assertThat(restart(stillFailed).success()).isTrue();
		assertThat(this.script.target.get(7)).containsEntry("name", "worse");
	}

	@Test
	void versionOfAnotherScopeEndsNoFailure() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		this.script.targetKey = "name";
		this.script.poison.add("bad");
		this.script.fetch = (source, context, scope) -> List.of(record(7, scope.equals("0") ? "bad" : "good"));
		assertThat(run().success()).as("nobody knows which of them is newer").isFalse();
	}

	@Test
	void restartDeliversARecordThatFailedInTwoScopes() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1", "2"));
		this.script.fetch = (source, context, scope) -> List.of(Script.record(7), Script.record(8 + scope.charAt(0)));
		this.script.poison.add(7);
		SyncEvent failed = run();
		assertThat(failed.records()).isEqualTo(new RecordCounts(6, 3, 0, 3, 0, 0, 0, 0));
		SyncEvent stillFailed = restart(failed);
		assertThat(stillFailed.records()).isEqualTo(failed.records());
		assertThat(stillFailed.success()).isFalse();
		this.script.poison.clear();
		this.script.fetched.clear();
		SyncEvent done = restart(stillFailed);
		assertThat(done.success()).as(done.toString()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(6, 6, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.fetched).isEmpty();
		assertThat(this.events.lastSuccess(LINK).sync()).isEqualTo(failed.runTimestamp());
	}

	@Test
	void restartDeliversARecordThatFailedInAScopeThatIsFetchedAgainAndInAnother() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		Script.Fetch fetch = (source, context, scope) -> List.of(Script.record(7));
		this.script.fetch = (source, context, scope) -> scope.equals("0") ? fetch.fetchRecords(source, context, scope)
				: new BreakingRecords(7, 1);
		this.script.poison.add(7);
		SyncEvent failed = run();
		assertThat(failed.scopes().failed()).isOne();
		this.script.fetch = fetch;
		SyncEvent stillFailed = restart(failed);
		assertThat(stillFailed.records()).isEqualTo(new RecordCounts(2, 0, 0, 2, 0, 0, 0, 0));
		this.script.poison.clear();
		SyncEvent done = restart(stillFailed);
		assertThat(done.success()).as(done.toString()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(2, 2, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void acknowledgedRecordThatFailedInTwoScopesFailsNoRestart() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		this.script.fetch = (source, context, scope) -> List.of(Script.record(7));
		this.script.poison.add(7);
		SyncEvent failed = run();
		assertThat(failed.records().failing()).isEqualTo(2);
		acknowledge();
		SyncEvent done = restart(failed);
		assertThat(done.success()).as(done.toString()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(2, 0, 0, 2, 0, 0, 0, 2));
	}

	@Test
	void acknowledgementLastsWhileTheSameVersionComesAfterAnotherOne() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.targetKey = "name";
		this.script.poison.addAll(List.of("bad", "worse"));
		List<RecordInFlight> records = new ArrayList<>(List.of(record(7, "good")));
		// so that the bad version comes in a batch of its own
		records.addAll(Script.records(100, 150));
		records.add(record(7, "bad"));
		this.script.fetch = (source, context, scope) -> records.stream().map(RejectIT::copy).toList();
		assertThat(run().success()).isFalse();
		acknowledge();
		for (int round = 0; round < 2; round++) {
			SyncEvent event = run();
			assertThat(event.success()).as(event.toString()).isTrue();
			assertThat(event.records()).isEqualTo(new RecordCounts(52, 51, 0, 1, 0, 0, 0, 1));
			assertThat(waiting()).singleElement()
				.satisfies((reject) -> assertThat(reject.state()).isEqualTo(State.ACKNOWLEDGED));
		}
		records.set(51, record(7, "worse"));
		assertThat(run().success()).as("a changed version").isFalse();
		assertThat(waiting()).singleElement().satisfies((reject) -> assertThat(reject.state()).isEqualTo(State.OPEN));
	}

	@Test
	void versionThatFailsAfterAnotherWasDeliveredInEachRunIsQuarantined() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.targetKey = "name";
		this.script.poison.add("bad");
		List<RecordInFlight> records = new ArrayList<>(List.of(record(7, "good")));
		records.addAll(Script.records(100, 150));
		records.add(record(7, "bad"));
		this.script.fetch = (source, context, scope) -> records.stream().map(RejectIT::copy).toList();
		for (int round = 0; round < 3; round++) {
			assertThat(run().success()).isFalse();
		}
		assertThat(run().success()).isTrue();
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.state()).isEqualTo(State.QUARANTINED));
	}

	private static RecordInFlight copy(RecordInFlight record) {
		return record((int) record.get("id"), (String) record.get("name"));
	}

	@Test
	void rejectThatIsDeliveredLateIsCountedAsTheTargetSays() throws Exception {
		scopes(1, 5);
		this.script.poison.addAll(List.of(1, 2));
		SyncEvent failed = run();
		this.script.poison.clear();
		this.script.creates.add(2);
		Tally tally = this.application.getBean(ActiveRuns.class).tally(LINK);
		long written = tally.written();
		assertThat(restart(failed).records()).isEqualTo(new RecordCounts(5, 5, 1, 0, 0, 0, 0, 0));
		assertThat(tally.written() - written).isEqualTo(2);
	}

	@Test
	void rejectThatCannotBeRestoredStaysAndTheOthersAreDelivered() throws Exception {
		scopes(1, 5);
		this.script.poison.addAll(List.of(1, 2));
		SyncEvent failed = run();
		this.script.poison.clear();
		this.application.getBean(JdbcTemplate.class)
			.update("UPDATE SYNC_REJECT SET PROPERTIES = '{\"id\":' WHERE RECORD_KEY = '1'");
		SyncEvent again = restart(failed);
		assertThat(again.success()).isFalse();
		assertThat(again.records()).isEqualTo(new RecordCounts(5, 4, 0, 1, 0, 0, 0, 0));
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.key()).isEqualTo("1");
			assertThat(reject.notRestorable()).isNotBlank();
		});
	}

	@Test
	void targetThatIsDownWhileRejectsAreTriedAbortsTheRunAndTheyStillWait() throws Exception {
		scopes(1, 5);
		this.script.poison.addAll(List.of(1, 2));
		SyncEvent failed = run();
		this.script.poison.clear();
		this.script.targetDown = new AbortRunException("the target is not there",
				new ConnectException("Connection refused"));
		SyncEvent again = restart(failed);
		assertThat(again.status()).isEqualTo(Status.ABORTED);
		assertThat(again.records()).isEqualTo(failed.records());
		assertThat(waiting()).hasSize(2).allSatisfy((reject) -> assertThat(reject.message()).contains("cannot take"));
	}

	@Test
	void lanesThatRejectTheSameNewRecordsAtTheSameTimeDoNotAbortTheRun() throws Exception {
		for (int round = 0; round < 3; round++) {
			forget();
			IntStream.range(0, 8).forEach(this.script.marked::add);
			// each lane meets them in another order
			threeLanesTogether((scope) -> IntStream.range(0, 8)
				.map((id) -> (id + 3 * scope) % 8)
				.mapToObj(Script::record)
				.toList());
			SyncEvent event = run();
			assertThat(event.status()).as(event.toString()).isEqualTo(Status.COMPLETED);
			assertThat(event.records()).isEqualTo(new RecordCounts(24, 0, 0, 24, 0, 0, 0, 0));
			assertThat(waiting()).hasSize(8).allSatisfy((reject) -> assertThat(reject.attempts()).isOne());
		}
	}

	@Test
	void lanesThatRejectWhatTheOtherDeliversDoNotAbortTheRun() throws Exception {
		for (int round = 0; round < 2; round++) {
			forget();
			scopes(1, 8);
			IntStream.range(0, 8).forEach(this.script.marked::add);
			run();
			this.script.marked.clear();
			threeLanesTogether((scope) -> IntStream.range(0, 8).mapToObj((id) -> {
				RecordInFlight record = Script.record(id);
				if (id % 3 == scope) {
					record.addError("not from here");
				}
				return record;
			}).toList());
			SyncEvent event = run();
			assertThat(event.status()).as(event.toString()).isEqualTo(Status.COMPLETED);
			assertThat(event.records().fetched()).isEqualTo(24);
			assertThat(event.records().failed()).isEqualTo(8);
		}
	}

	@Test
	void changesOfARolledBackTransactionCountOnce() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		this.script.fetch = (source, context, scope) -> {
			int from = 5 * Integer.parseInt(scope);
			RunContext.currentContext().addWarning("of scope " + scope);
			RunContext.currentContext().setCursor("c" + scope);
			RecordInFlight earlier = record(from, "earlier");
			earlier.addError("not this version");
			return Stream.concat(Stream.of(earlier), Script.records(from, from + 5).stream()).toList();
		};
		this.script.poison.addAll(List.of(2, 7));
		this.script.left.addAll(List.of(3, 8));
		SyncEvent failed = rollingBackOnce(this::run);
		assertThat(failed.records()).isEqualTo(new RecordCounts(12, 6, 0, 4, 0, 2, 0, 2));
		assertThat(failed.warnings()).containsExactly("of scope 0", "of scope 1");
		assertThat(waiting()).extracting(Reject::key).containsExactlyInAnyOrder("2", "7");
		this.script.poison.clear();
		SyncEvent done = rollingBackOnce(() -> restart(failed));
		assertThat(done.success()).as(done.toString()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(12, 8, 0, 2, 0, 2, 0, 2));
		assertThat(done.cursorAfter()).isEqualTo("c1");
	}

	/**
	 * Three scopes, which three lanes fetch at the same time and store at the same time.
	 */
	private void threeLanesTogether(IntFunction<List<RecordInFlight>> records) {
		CyclicBarrier fetching = new CyclicBarrier(3);
		CyclicBarrier delivered = new CyclicBarrier(3);
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1", "2"));
		this.script.fetch = (source, context, scope) -> {
			meet(fetching);
			return records.apply(Integer.parseInt(scope));
		};
		this.script.afterPush = () -> meet(delivered);
	}

	private static void meet(CyclicBarrier barrier) {
		try {
			barrier.await(1, TimeUnit.MINUTES);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<Reject> waiting() {
		return new ArrayList<>(this.rejects.waiting(LINK, 100));
	}

	private void inTransaction(Runnable body) {
		this.application.getBean(RunTransactions.class).template().executeWithoutResult((status) -> body.run());
	}

	/** Brings the time on at which records are tried on their own. */
	private void due() {
		this.application.getBean(JdbcTemplate.class)
			.update("UPDATE SYNC_REJECT SET NEXT_TRY = FIRST_SEEN WHERE NEXT_TRY IS NOT NULL");
	}

	private void nothingChanges() {
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
	}

	private static RecordInFlight nameless(String name) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("id", null);
		properties.put("name", name);
		return new RecordInFlight(properties).identifiedBy(List.of("id"));
	}

	private static RecordInFlight record(int id, String name) {
		return new RecordInFlight(Map.of("id", id, "name", name)).identifiedBy(List.of("id"));
	}

}
