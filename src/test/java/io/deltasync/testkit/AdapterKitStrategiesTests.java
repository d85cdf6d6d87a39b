package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.deltasync.api.ChainFetchAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForRowPush;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A good adapter passes, whatever its strategy.
 */
class AdapterKitStrategiesTests {

	@Test
	void scopesAreFetchedInOrder() {
		AdapterRun run = AdapterKit.of(Pages::new).run();
		assertThat(run.strategy()).isEqualTo("SCOPES");
		assertThat(run.strategies()).containsExactly("SCOPES");
		assertThat(run.expectedTotalRecords()).isEqualTo(6);
		assertThat(run.scopes()).containsExactly("a", "b", "c");
		assertThat(ids(run.records())).containsExactly("a1", "a2", "b1", "b2", "c1", "c2");
		assertThat(ids(run.recordsOf("b"))).containsExactly("b1", "b2");
	}

	@Test
	void noRecordsFetchesNothing() {
		AdapterRun run = AdapterKit.of(() -> new Pages() {

			@Override
			public FetchStrategy planFetch(LinkContext context) {
				return FetchStrategy.scopes(List.of());
			}

			@Override
			public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
				throw new AssertionError("must not be called");
			}

		}).run();
		assertThat(run.strategies()).containsExactly("SCOPES");
		assertThat(run.strategy()).isEqualTo("NO_RECORDS");
		assertThat(run.records()).isEmpty();
	}

	@Test
	void immediateIsFetchedByTheInstanceThatPlannedIt() {
		AdapterRun run = AdapterKit.of(FileSource::new).run();
		assertThat(run.strategies()).containsExactly("DELAY", "DELAY", "IMMEDIATE");
		assertThat(run.answers().get(0)).isEqualTo(FetchStrategy.delay(10, "file"));
		assertThat(run.scopes()).isEmpty();
		assertThat(ids(run.recordsOf(null))).containsExactly("file.csv 1", "file.csv 2");
	}

	@Test
	void cumulativeScopesAddUpAndNoRecordsKeepsThem() {
		AdapterRun run = AdapterKit.of(() -> new MorePages() {

			@Override
			public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) {
				int page = (scope != null) ? Integer.parseInt((String) scope) : 0;
				return switch (page) {
					case 0 -> FetchStrategy.cumulativeScopes(List.of("a", "b"), 10, "1", 8);
					case 1 -> FetchStrategy.cumulativeScopes(List.of(), null, "2");
					case 2 -> FetchStrategy.delay(null, "3");
					case 3 -> FetchStrategy.cumulativeScopes(List.of("c"), null, "4");
					default -> FetchStrategy.noRecords();
				};
			}

		}).run();
		assertThat(run.strategies()).containsExactly("CUMULATIVE_SCOPES", "CUMULATIVE_SCOPES", "DELAY",
				"CUMULATIVE_SCOPES", "NO_RECORDS");
		assertThat(run.strategy()).isEqualTo("CUMULATIVE_SCOPES");
		assertThat(run.expectedTotalRecords()).isEqualTo(8);
		assertThat(run.scopes()).containsExactly("a", "b", "c");
	}

	@Test
	void chainAsksTheInstanceThatFetched() {
		AdapterRun run = AdapterKit.of(Chain::new).run();
		assertThat(run.strategy()).isEqualTo("IMMEDIATE");
		assertThat(run.scopes()).containsExactly(1, 2, 3);
		assertThat(ids(run.records())).containsExactly("page 0", "page 1", "page 2", "page 3");
	}

	@Test
	void chainIsAskedForNothingAfterScopes() {
		AdapterRun run = AdapterKit.of(() -> new Chain() {

			@Override
			public FetchStrategy planFetch(LinkContext context) {
				return FetchStrategy.scopes(List.of(1, 2));
			}

			@Override
			public Object getNextScope() {
				throw new AssertionError("a run asks for the next scope after IMMEDIATE only");
			}

		}).run();
		assertThat(run.isSuccessful()).isTrue();
		assertThat(run.scopes()).containsExactly(1, 2);
	}

	@Test
	void locatorIsFedRowsInSlices() {
		List<Map<String, Object>> rows = IntStream.range(0, 5)
			.mapToObj((id) -> Map.<String, Object>of("id", id))
			.toList();
		List<Integer> slices = new ArrayList<>();
		AdapterRun run = AdapterKit.of(() -> new RowSource(slices))
			.context(LinkContext.builder().batchSizeLimit(2).build())
			.rows(rows)
			.run();
		assertThat(run.strategy()).isEqualTo("LOCATOR");
		assertThat(run.query()).isEqualTo("SELECT id FROM account");
		assertThat(ids(run.records())).containsExactly(0, 1, 2, 3, 4);
		assertThat(slices).containsExactly(2, 2, 1);
	}

	@Test
	void slicesAreNeverLargerThanTwoThousand() {
		List<Map<String, Object>> rows = IntStream.range(0, 2001)
			.mapToObj((id) -> Map.<String, Object>of("id", id))
			.toList();
		List<Integer> slices = new ArrayList<>();
		AdapterKit.of(() -> new RowSource(slices))
			.context(LinkContext.builder().batchSizeLimit(5000).build())
			.rows(rows)
			.run();
		assertThat(slices).containsExactly(2000, 1);
	}

	@Test
	void recordsMayRepeatAndComeInAnyOrder() {
		AdapterRun run = AdapterKit.of(() -> new Pages() {

			@Override
			public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
				Map<RecordInFlight, Boolean> unordered = new IdentityHashMap<>();
				List.of("x", "x", "y").forEach((id) -> unordered.put(record(id), true));
				return unordered.keySet();
			}

		}).run();
		assertThat(run.records()).hasSize(9);
	}

	@Test
	void arraysAndStreamsInRecordsAreNotMistakenForState() {
		AdapterRun run = AdapterKit.of(() -> new Pages() {

			@Override
			public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
				Map<String, @Nullable Object> properties = new HashMap<>();
				properties.put("bytes", new byte[] { 1, 2 });
				properties.put("nested", List.of(Map.of("chars", new char[] { 'a' })));
				properties.put("stream", new Object());
				properties.put("nothing", null);
				return List.of(new RecordInFlight(properties));
			}

		}).run();
		assertThat(run.records()).hasSize(3);
	}

	private static List<Object> ids(List<RecordInFlight> records) {
		return records.stream().map((record) -> record.get("id")).toList();
	}

	static class FileSource extends MorePages {

		private @Nullable String path;

		@Override
		public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) {
			if (scope == null) {
				return FetchStrategy.delay(10, "file");
			}
			if (scope.equals("file")) {
				return FetchStrategy.delay(null, "file, asked for again");
			}
			this.path = "file.csv ";
			return FetchStrategy.immediate();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) throws Exception {
			assertThat(scope).isNull();
			return super.fetchRecords(context, this.path);
		}

	}

	static class Chain extends Pages implements ChainFetchAdapter {

		private int page;

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.immediate();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			this.page = (scope != null) ? (Integer) scope : 0;
			return List.of(record("page " + this.page));
		}

		@Override
		public @Nullable Object getNextScope() {
			return (this.page < 3) ? this.page + 1 : null;
		}

	}

	record RowSource(List<Integer> slices) implements SourceAdapterForRowPush {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.queryLocator("SELECT id FROM account");
		}

		@Override
		public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows) {
			this.slices.add(rows.size());
			return rows.stream().map(RecordInFlight::new).toList();
		}

	}

}
