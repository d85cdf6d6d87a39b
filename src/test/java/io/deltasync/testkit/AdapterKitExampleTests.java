package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an adapter that fetches at once or page by page, written with the kit.
 */
class AdapterKitExampleTests {

	private final LinkContext context = LinkContext.builder().linkSourceName("SomeTable").batchSizeLimit(20).build();

	@Test
	void testPlanFetchImmediate() {
		MyApi api = new MyApi(17);

		AdapterRun run = AdapterKit.of(() -> new MyAdapter(api)).context(this.context).run();

		// all the outstanding records fit in one batch
		assertThat(run.strategy()).isEqualTo("IMMEDIATE");
		assertThat(run.expectedTotalRecords()).isEqualTo(17);
		assertThat(run.records()).hasSize(17);
	}

	@Test
	void testPlanFetchScopes() {
		MyApi api = new MyApi(26);

		AdapterRun run = AdapterKit.of(() -> new MyAdapter(api)).context(this.context).run();

		// the record count exceeds the batch size limit, so it takes multiple batches
		assertThat(run.strategy()).isEqualTo("SCOPES");
		assertThat(run.expectedTotalRecords()).isEqualTo(26);
		assertThat(run.scopes()).hasSize(2);
		assertThat(run.recordsOf(new MyScope("SomeTable", 20))).hasSize(6);
		assertThat(run.failures()).isEmpty();
	}

	/** Stands for the external system. */
	static class MyApi {

		private final int dirtyRecords;

		MyApi(int dirtyRecords) {
			this.dirtyRecords = dirtyRecords;
		}

		int countDirtyRecords(String table) {
			return this.dirtyRecords;
		}

		List<Map<String, Object>> dirtyRecords(String table, int offset, int limit) {
			return IntStream.range(offset, Math.min(offset + limit, this.dirtyRecords))
				.mapToObj((id) -> Map.<String, Object>of("id", id))
				.toList();
		}

	}

	static class MyAdapter implements SourceAdapterForPull {

		private final MyApi api;

		MyAdapter(MyApi api) {
			this.api = api;
		}

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			int total = this.api.countDirtyRecords(context.linkSourceName());
			if (total <= context.batchSizeLimit()) {
				return FetchStrategy.immediate(total);
			}
			List<MyScope> scopes = new ArrayList<>();
			for (int offset = 0; offset < total; offset += context.batchSizeLimit()) {
				scopes.add(new MyScope(context.linkSourceName(), offset));
			}
			return FetchStrategy.scopes(scopes, total);
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			MyScope page = (scope != null) ? (MyScope) scope : new MyScope(context.linkSourceName(), 0);
			return this.api.dirtyRecords(page.table(), page.offset(), context.batchSizeLimit())
				.stream()
				.map(RecordInFlight::new)
				.toList();
		}

	}

	record MyScope(String table, int offset) {

	}

}
