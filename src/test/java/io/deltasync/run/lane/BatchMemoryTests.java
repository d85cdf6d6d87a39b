package io.deltasync.run.lane;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RowLayout;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.api.UnreadValue;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RecordSize;
import io.deltasync.run.deliver.OpenScope;
import io.deltasync.run.fetch.RowFeed;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BatchMemoryTests {

	private static final int MIB = 1 << 20;

	private final BatchMemory memory = new BatchMemory(12L * MIB);

	@Test
	void lanesShareTheMemory() {
		try (BatchMemory.Share first = this.memory.open()) {
			assertThat(first.limit()).isEqualTo(2 * MIB);
			try (BatchMemory.Share second = this.memory.open()) {
				assertThat(first.limit()).isEqualTo(MIB);
				assertThat(second.limit()).isEqualTo(MIB);
			}
			assertThat(first.limit()).isEqualTo(2 * MIB);
		}
	}

	@Test
	void batchIsFullByRecordsOrByBytes() {
		try (BatchMemory.Share share = this.memory.open()) {
			Batch small = new Batch(2, share);
			small.add(record(10), scope());
			assertThat(small.isFull()).isFalse();
			small.add(record(10), scope());
			assertThat(small.isFull()).isTrue();
			Batch large = new Batch(1000, share);
			large.add(record(MIB), scope());
			assertThat(large.isFull()).isFalse();
			large.add(record(MIB), scope());
			assertThat(large.isFull()).isTrue();
		}
	}

	@Test
	void recordThatCanNeverBeDeliveredFailsAndSaysWhatToRaise() {
		try (BatchMemory.Share share = this.memory.open()) {
			Batch batch = new Batch(10, share);
			batch.add(record(MIB), scope());
			batch.add(record(3 * MIB), scope());
			assertThat(batch.records().get(0).record.isFailed()).isFalse();
			assertThat(batch.records().get(1).record.errors()).singleElement()
				.asString()
				.contains("takes 31", "up to 2097152", "-Xmx", "deltasync.buffer-memory");
		}
	}

	@Test
	void largeBatchesWaitForEachOther() throws Exception {
		try (BatchMemory.Share first = this.memory.open(); BatchMemory.Share second = this.memory.open()) {
			Runnable release = first.reserve(2 * MIB, () -> false);
			CompletableFuture<Runnable> waiting = CompletableFuture.supplyAsync(() -> reserve(second));
			assertThat(second.reserve(MIB, () -> true)).as("a batch within its share does not wait").isNotNull();
			assertThatExceptionOfType(RunEndsException.class).isThrownBy(() -> second.reserve(2 * MIB, () -> true));
			assertThat(waiting).isNotDone();
			release.run();
			waiting.get(1, TimeUnit.MINUTES).run();
		}
	}

	private static Runnable reserve(BatchMemory.Share share) {
		try {
			return share.reserve(2 * MIB, () -> false);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void nestedValuesCount() {
		RecordInFlight nested = new RecordInFlight(
				Map.of("document", Map.of("lines", List.of("x".repeat(500_000), new byte[100_000]))));
		assertThat(RecordSize.of(nested)).isBetween(1_100_000L, 1_101_000L);
	}

	@Test
	void namesThatRowsShareDoNotCount() {
		Map<String, Object> alone = Map.of("id", 1, "name", "a", "note", "b");
		Map<String, Object> row = new RowLayout(List.of("id", "name", "note")).row(new Object[] { 1, "a", "b" });

		assertThat(RecordSize.of(new RecordInFlight(alone)) - RecordSize.of(new RecordInFlight(row)))
			.isEqualTo(3 * (64 - 8));
	}

	@Test
	void unreadValuesCountAndStayUnread() {
		UnreadValue unread = new UnreadValue() {

			@Override
			public Object read() {
				throw new AssertionError("Nobody asked for it");
			}

			@Override
			public int size() {
				return 500_000;
			}

		};
		Map<String, Object> row = new RowLayout(List.of("note")).row(new Object[] { unread });

		assertThat(RecordSize.of(new RecordInFlight(row))).isBetween(500_000L, 500_200L);
	}

	@Test
	void sliceOfRowsEndsAtItsBytes() {
		List<Integer> slices = new ArrayList<>();
		SourceAdapterForRowPush adapter = new SourceAdapterForRowPush() {

			@Override
			public FetchStrategy planFetch(LinkContext context) {
				return FetchStrategy.noRecords();
			}

			@Override
			public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, Object>> rows) {
				slices.add(rows.size());
				return List.of();
			}

		};
		Iterator<byte[]> rows = Stream.generate(() -> new byte[100_000]).limit(25).iterator();
		RowFeed feed = new RowFeed(adapter, LinkContext.builder().batchSizeLimit(1000).build(),
				() -> rows.hasNext() ? Map.of("content", rows.next()) : null, MIB);
		assertThat(feed.hasNext()).isFalse();
		assertThat(slices).containsExactly(11, 11, 3);
	}

	private static RecordInFlight record(int bytes) {
		return new RecordInFlight(Map.of("content", new byte[bytes]));
	}

	private static OpenScope scope() {
		return new OpenScope(new ScopePage(0, 0, List.of(new ScopeEntry(0, null)), 0), 0);
	}

}
