package io.deltasync.run.deliver;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.link.LinkFilter;
import io.deltasync.link.LinkFilter.Position;
import io.deltasync.link.RetrySettings;
import io.deltasync.reject.Reject;
import io.deltasync.run.retry.Retries;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.run.retry.UnavailableException;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import io.deltasync.testing.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What filters may do to records, and what becomes of them.
 */
class FiltersTests {

	private final LinkContext context = LinkContext.builder().linkName("people").build();

	private final List<BatchRecord> batch = batch(6);

	@Test
	void recordsGoThroughTheFiltersInTheirOrder() {
		Filters filters = new Filters(
				List.of(before("one", appending("1")), after("two", appending("2")), before("three", appending("3"))),
				this.context, DeliveryTests.retries());

		assertThat(filters.before(this.batch)).isEqualTo(this.batch);
		assertThat(this.batch.get(4).record.get("name")).isEqualTo("name 413");
		assertThat(filters.after(this.batch)).isEqualTo(this.batch);
		assertThat(this.batch.get(4).record.get("name")).isEqualTo("name 4132");
	}

	@Test
	void filtersAreClosedOnceEachAlsoWhenTheNextOneCannotBeMade() {
		List<String> closed = new ArrayList<>();
		LinkFilter one = before("one", new ClosingFilter("one", closed));
		LinkFilter two = after("two", new ClosingFilter("two", closed));

		List<String> warnings = new Filters(List.of(one, two), this.context, DeliveryTests.retries()).close();
		assertThat(closed).containsExactly("one", "two");
		assertThat(warnings).singleElement().asString().contains("ClosingFilter", "the connection is gone");

		closed.clear();
		LinkFilter broken = new LinkFilter("broken", Position.AFTER_MAPPING, () -> {
			throw new IllegalStateException("no instance");
		});
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> new Filters(List.of(one, broken), this.context, DeliveryTests.retries()));
		assertThat(closed).containsExactly("one");
	}

	private record ClosingFilter(String name, List<String> closed) implements RecordFilter, AutoCloseable {

		@Override
		public void process(LinkContext context, List<RecordInFlight> records) {
		}

		@Override
		public void close() {
			this.closed.add(this.name);
			if (this.name.equals("two")) {
				throw new IllegalStateException("the connection is gone");
			}
		}

	}

	@Test
	void withoutFiltersAllRecordsGoOnButThoseThatComeMarked() {
		this.batch.get(1).record.addError("no good");
		this.batch.get(2).record.ignore("not wanted");
		Filters filters = new Filters(List.of(), this.context, DeliveryTests.retries());

		List<BatchRecord> left = filters.before(this.batch);

		assertThat(ids(left)).containsExactly(0, 3, 4, 5);
		assertThat(this.batch.get(1).failedAt).isEqualTo(Reject.Stage.FILTER);
		assertThat(this.batch.get(1).notRestorable).contains("source");
		assertThat(filters.after(left)).isEqualTo(left);
	}

	@Test
	void whatAFilterFailsIgnoresOrRemovesDoesNotGoOn() {
		List<Object> seen = new ArrayList<>();
		List<BatchRecord> left = filters((context, records) -> {
			records.get(1).addError("no good");
			records.get(2).ignore("not wanted");
			records.get(3).setSuccess(false);
			RecordInFlight failed = records.get(4);
			RecordInFlight ignored = records.get(5);
			failed.addError("neither");
			ignored.ignore("nor");
			records.removeAll(List.of(records.get(0), failed, ignored));
		}, (context, records) -> records.forEach((record) -> seen.add(record.get("id")))).before(batchOf(7));

		assertThat(ids(left)).containsExactly(6);
		assertThat(seen).containsExactly(6);
		assertThat(dropped()).containsExactly(0);
		assertThat(failedAt(1)).isEqualTo(Reject.Stage.FILTER);
		assertThat(this.batch.get(2).record.ignoreReason()).isEqualTo("not wanted");
		assertThat(this.batch.get(3).record.errors()).singleElement()
			.asString()
			.contains("'filter0'", "without a reason");
		assertThat(failedAt(4)).isEqualTo(Reject.Stage.FILTER);
		assertThat(this.batch.get(5).record.isIgnored()).isTrue();
	}

	@Test
	void theOrderOfTheRecordsIsNotTheFiltersToChange() {
		assertThat(ids(filters((context, records) -> {
			records.remove(2);
			Collections.reverse(records);
		}).before(this.batch))).containsExactly(0, 1, 3, 4, 5);
	}

	@Test
	void aFilterThatHasNothingToDoIsLeftOut() {
		RecordFilter invalid = new RecordFilter() {

			@Override
			public boolean validFor(LinkContext context) {
				return !context.linkName().equals("people");
			}

			@Override
			public void process(LinkContext context, List<RecordInFlight> records) {
				records.clear();
			}

		};

		assertThat(filters(invalid).before(this.batch)).hasSize(6);
	}

	@Test
	void aFilterThatCannotSaySoEndsTheRun() {
		RecordFilter broken = new RecordFilter() {

			@Override
			public boolean validFor(LinkContext context) {
				throw new IllegalStateException("no idea");
			}

			@Override
			public void process(LinkContext context, List<RecordInFlight> records) {
			}

		};

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> filters(broken))
			.withMessageContaining("'filter0'")
			.withMessageContaining(broken.getClass().getName());
	}

	@Test
	void anEmptyBatchIsNotForFilters() {
		assertThat(filters((context, records) -> {
			throw new IllegalStateException();
		}).before(List.of())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "new", "copy", "twice", "null" })
	void aFilterThatAddsARecordEndsTheRun(String what) {
		RecordFilter adding = (context, records) -> {
			RecordInFlight first = records.get(0);
			records.remove(3);
			records.add(switch (what) {
				case "new" -> Script.record(99);
				case "copy" -> new RecordInFlight(first.originalProperties());
				case "twice" -> first;
				default -> null;
			});
		};

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> filters(adding).before(this.batch))
			.withMessageStartingWith("the filter 'filter0' (" + adding.getClass().getName() + ") added a record");
	}

	@Test
	void recordsThatAFilterCannotTakeEndUpAloneAndTheOthersGoOn() {
		Random random = new Random(4711);
		for (int size : new int[] { 1, 2, 3, 7, 64, 100, 1000 }) {
			for (int count : new int[] { 1, 2, 3, 10 }) {
				Set<Object> bad = new HashSet<>();
				while (bad.size() < Math.min(count, size)) {
					bad.add(random.nextInt(size));
				}
				int[] calls = { 0 };
				List<BatchRecord> left = filters((context, records) -> {
					calls[0]++;
					for (RecordInFlight record : List.copyOf(records)) {
						if (bad.contains(record.get("id"))) {
							throw new IllegalArgumentException("cannot take " + record.get("id"));
						}
						record.set("name", record.get("name") + "!");
					}
				}).before(batchOf(size));

				assertThat(left).hasSize(size - bad.size());
				for (BatchRecord batchRecord : this.batch) {
					Object id = batchRecord.record.get("id");
					assertThat(batchRecord.record.isFailed()).isEqualTo(bad.contains(id));
					assertThat(batchRecord.record.get("name")).isEqualTo("name " + id + (bad.contains(id) ? "" : "!"));
				}
				int log = 32 - Integer.numberOfLeadingZeros(size - 1);
				assertThat(calls[0]).isLessThanOrEqualTo(2 * bad.size() * log + 1);
			}
		}
	}

	@Test
	void whatAFilterDidBeforeItThrewIsUndone() {
		List<BatchRecord> left = filters(appending("1"), (context, records) -> {
			for (RecordInFlight record : List.copyOf(records)) {
				record.set("name", record.get("name") + "2").addWarning("seen");
				if (record.get("id").equals(0)) {
					record.ignore("not wanted");
				}
				else if (record.get("id").equals(1)) {
					records.remove(record);
				}
				else if (record.get("id").equals(2)) {
					record.addError("no good");
				}
			}
			if (records.stream().anyMatch((record) -> record.get("id").equals(4))) {
				throw new IllegalStateException("not 4");
			}
		}).before(this.batch);

		assertThat(ids(left)).containsExactly(3, 5);
		assertThat(this.batch.get(3).record.get("name")).isEqualTo("name 312");
		assertThat(this.batch.get(3).record.warnings()).containsExactly("seen");
		assertThat(this.batch.get(0).record.warnings()).containsExactly("seen");
		assertThat(this.batch.get(0).record.isIgnored()).isTrue();
		assertThat(dropped()).containsExactly(1);
		assertThat(this.batch.get(2).record.errors()).containsExactly("no good");
		RecordInFlight bad = this.batch.get(4).record;
		assertThat(bad.errors()).singleElement().asString().contains("the filter 'filter1' (", "failed: not 4");
		assertThat(bad.get("name")).isEqualTo("name 41");
		assertThat(bad.warnings()).isEmpty();
		assertThat(failedAt(4)).isEqualTo(Reject.Stage.FILTER);
	}

	@Test
	void abortIsNotTakenForABadRecord() {
		AbortRunException abort = new AbortRunException("the licence has expired");

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> filters((context, records) -> {
			throw abort;
		}).before(this.batch)).isSameAs(abort);
	}

	@Test
	void connectionThatIsGoneIsNotTakenForABadRecord() {
		SQLException gone = new SQLException("gone", "08S01");

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> filters((context, records) -> {
			throw gone;
		}).before(this.batch)).withMessageContaining("'filter0'").withCause(gone);
	}

	@Test
	void callThatFailedForAReasonThatMayPassIsMadeAgainWithTheRecordsAsTheyWere() {
		List<Integer> calls = new ArrayList<>();

		List<BatchRecord> left = filters((context, records) -> {
			calls.add(records.size());
			records.forEach((record) -> record.set("name", record.get("name") + "!"));
			records.remove(2);
			if (calls.size() < 3) {
				throw new SocketTimeoutException("no answer");
			}
		}).before(this.batch);

		assertThat(calls).containsExactly(6, 6, 6);
		assertThat(ids(left)).containsExactly(0, 1, 3, 4, 5);
		assertThat(left.get(0).record.get("name")).isEqualTo("name 0!");
	}

	@Test
	void callsThatKeepFailingAreMadeAFewTimesForABatchWithAllItsParts() {
		List<Integer> calls = new ArrayList<>();

		List<BatchRecord> left = filters((context, records) -> {
			calls.add(records.size());
			if (records.stream().anyMatch((record) -> record.get("id").equals(3))) {
				throw new SQLTimeoutException("somebody holds a lock on 3");
			}
		}).before(batchOf(8));

		assertThat(ids(left)).containsExactly(0, 1, 2, 4, 5, 6, 7);
		assertThat(calls).containsExactly(8, 8, 8, 4, 2, 2, 1, 1, 4);
		assertThat(failedAt(3)).isEqualTo(Reject.Stage.FILTER);
	}

	@Test
	void filterThatIsBlockedForAllRecordsAbortsTheRunInsteadOfFailingEach() {
		AtomicInteger calls = new AtomicInteger();

		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> filters((context, records) -> {
			calls.incrementAndGet();
			throw new SQLTimeoutException("somebody holds all locks");
		}).before(batchOf(64))).withMessageContaining("the filter 'filter0'");

		assertThat(calls).hasValue(10);
	}

	@Test
	void requestToStopIsHeardBetweenThePartsOfABatch() {
		AtomicInteger calls = new AtomicInteger();
		Retries stopped = new Retries("people", new RetrySettings(1, Duration.ofMillis(1), 2, Duration.ofMillis(1)),
				(call, attempt, time) -> true, () -> {
					if (calls.get() == 4) {
						throw new RunEndsException();
					}
				});
		Filters filters = new Filters(List.of(before("one", (context, records) -> {
			calls.incrementAndGet();
			throw new IllegalArgumentException("bad");
		})), this.context, stopped);

		assertThatExceptionOfType(RunEndsException.class).isThrownBy(() -> filters.before(batchOf(64)));

		assertThat(calls).hasValue(4);
	}

	@Test
	void filterThatCouldNotSayWhetherItHasAnythingToDoIsAskedAgain() {
		AtomicInteger asked = new AtomicInteger();
		RecordFilter filter = new RecordFilter() {

			@Override
			public boolean validFor(LinkContext context) {
				if (asked.incrementAndGet() < 3) {
					throw new UncheckedIOException(new SocketTimeoutException("no answer"));
				}
				return false;
			}

			@Override
			public void process(LinkContext context, List<RecordInFlight> records) {
				records.clear();
			}

		};

		assertThat(filters(filter).before(this.batch)).hasSize(6);
		assertThat(asked).hasValue(3);
	}

	@Test
	void eachFilterIsMadeOnceForALane() {
		List<RecordFilter> made = new ArrayList<>();
		Supplier<RecordFilter> instances = () -> {
			made.add(appending("1"));
			return made.get(made.size() - 1);
		};
		Filters filters = new Filters(List.of(new LinkFilter("one", Position.AFTER_MAPPING, instances)), this.context,
				DeliveryTests.retries());

		filters.after(this.batch);
		filters.after(this.batch);

		assertThat(made).hasSize(1);
	}

	private Filters filters(RecordFilter... filters) {
		List<LinkFilter> linkFilters = new ArrayList<>();
		Arrays.asList(filters).forEach((filter) -> linkFilters.add(before("filter" + linkFilters.size(), filter)));
		return new Filters(linkFilters, this.context, DeliveryTests.retries());
	}

	private static LinkFilter before(String name, RecordFilter filter) {
		return new LinkFilter(name, Position.BEFORE_MAPPING, () -> filter);
	}

	private static LinkFilter after(String name, RecordFilter filter) {
		return new LinkFilter(name, Position.AFTER_MAPPING, () -> filter);
	}

	private static RecordFilter appending(String text) {
		return (context, records) -> records.forEach((record) -> record.set("name", record.get("name") + text));
	}

	private List<BatchRecord> batchOf(int size) {
		this.batch.clear();
		this.batch.addAll(batch(size));
		return this.batch;
	}

	private static List<BatchRecord> batch(int size) {
		OpenScope scope = new OpenScope(new ScopePage(1, 0, List.of(new ScopeEntry(0, null)), 0), 0);
		List<BatchRecord> batch = new ArrayList<>();
		for (RecordInFlight record : Script.records(0, size)) {
			batch.add(new BatchRecord(record, scope));
		}
		return batch;
	}

	private Reject.Stage failedAt(int index) {
		return this.batch.get(index).failedAt;
	}

	private List<Object> dropped() {
		return ids(this.batch.stream().filter((batchRecord) -> batchRecord.dropped).toList());
	}

	private static List<Object> ids(List<BatchRecord> batch) {
		return batch.stream().map((batchRecord) -> batchRecord.record.get("id")).toList();
	}

}
