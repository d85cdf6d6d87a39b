package io.deltasync.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.Watermark;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Rejects;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stories of the seed's Delta Syncing: the Link that ran daily, the source that was
 * offline, and the record that gums up the works. The source filters as told there, by
 * last modified &gt;= lastSuccessfulSync.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
class WindowStoryIT extends ScriptedRuns {

	/** When each customer was last modified. */
	private final Map<Integer, Instant> customers = new TreeMap<>();

	private Rejects rejects;

	private RunTransactions transactions;

	WindowStoryIT() {
		super("scriptedSource");
	}

	@BeforeEach
	void openTheShop() {
		this.transactions = this.application.getBean(RunTransactions.class);
		this.rejects = this.application.getBean(RunTables.class).rejects();
		this.customers.clear();
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> changedSince(context);
	}

	private List<RecordInFlight> changedSince(LinkContext context) {
		Instant since = context.lastSuccessfulSync();
		return this.customers.entrySet()
			.stream()
			.filter((customer) -> since == null || !customer.getValue().isBefore(since))
			.map((customer) -> Script.record(customer.getKey()))
			.toList();
	}

	private void change(int customer) {
		this.customers.put(customer, this.transactions.now());
	}

	@Test
	void afterAFailureOnTuesdayWednesdayFetches48HoursOfChangesInsteadOf24() throws Exception {
		change(1);
		SyncEvent monday = run();
		assertThat(monday.success()).isTrue();

		change(2);
		change(3);
		this.script.marked.add(2);
		SyncEvent tuesday = run();
		assertThat(tuesday.success()).isFalse();
		assertThat(tuesday.status()).isEqualTo(Status.COMPLETED);
		assertThat(tuesday.windowStart()).isEqualTo(monday.runTimestamp());
		assertThat(tuesday.records().fetched()).isEqualTo(2);
		assertThat(this.script.target).as("partial success").containsKey(3).doesNotContainKey(2);

		change(4);
		this.script.marked.clear();
		SyncEvent wednesday = run();
		assertThat(wednesday.windowStart()).as("still from the Monday run that was successful")
			.isEqualTo(monday.runTimestamp());
		assertThat(wednesday.records().fetched()).as("changes of 48 hours").isEqualTo(3);
		assertThat(wednesday.success()).isTrue();
		assertThat(this.script.target).as("none is left behind").containsOnlyKeys(1, 2, 3, 4);

		SyncEvent thursday = run();
		assertThat(thursday.windowStart()).isEqualTo(wednesday.runTimestamp());
		assertThat(thursday.records().fetched()).isZero();
	}

	@Test
	void sourceThatWasOfflineOverTheWeekendCatchesUpAutomatically() throws Exception {
		SyncEvent friday = run();
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("the shop is offline");
		};
		change(1);
		SyncEvent saturday = run();
		change(2);
		SyncEvent sunday = run();
		assertThat(List.of(saturday, sunday)).allSatisfy((event) -> {
			assertThat(event.status()).isEqualTo(Status.ABORTED);
			assertThat(event.windowStart()).isEqualTo(friday.runTimestamp());
		});
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		SyncEvent monday = run();
		assertThat(monday.success()).isTrue();
		assertThat(monday.windowStart()).isEqualTo(friday.runTimestamp());
		assertThat(this.script.target).containsOnlyKeys(1, 2);
	}

	@Test
	void oneBadRecordThatGumsUpTheWorksIsNamedAndTakenOutOfTheWindowWithoutBeingLost() throws Exception {
		SyncEvent good = run();
		change(13);
		this.script.marked.add(13);
		for (int day = 1; day <= 6; day++) {
			change(100 + day);
			SyncEvent event = run();
			assertThat(event.success()).isFalse();
			assertThat(event.status()).isEqualTo(Status.COMPLETED);
			assertThat(event.windowStart()).as("the window gets larger and larger").isEqualTo(good.runTimestamp());
			assertThat(event.records().fetched()).isEqualTo(day + 1);
			assertThat(this.script.target).as("data is still flowing").hasSize(day);
		}
		Watermark last = this.events.lastSuccess(LINK);
		assertThat(last.sync()).isEqualTo(good.runTimestamp());
		assertThat(this.events.runsSince(LINK, last)).as("runs that failed in a row").isEqualTo(6);
		Reject holding = this.rejects.waiting(LINK, 10).get(0);
		assertThat(holding.key()).isEqualTo("13");
		assertThat(holding.attempts()).isEqualTo(6);
		assertThat(holding.message()).contains("will not take 13");

		this.transactions.run(() -> this.rejects.acknowledge(holding.id(), this.transactions.now()));
		SyncEvent freed = run();
		assertThat(freed.success()).isTrue();
		assertThat(run().windowStart()).as("the window moves again").isEqualTo(freed.runTimestamp());
		assertThat(this.rejects.waiting(LINK, 10)).as("and nothing is forgotten")
			.singleElement()
			.satisfies((reject) -> assertThat(reject.properties()).contains("name 13"));

		this.script.marked.clear();
		change(13);
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).containsKey(13);
		assertThat(this.rejects.waiting(LINK, 10)).isEmpty();
	}

}
