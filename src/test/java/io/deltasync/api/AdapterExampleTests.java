package io.deltasync.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Examples of adapters, as an author would write them.
 */
class AdapterExampleTests {

	@Test
	void testPlanFetchImmediate() throws Exception {
		LinkContext context = LinkContext.builder().linkSourceName("SomeTable").batchSizeLimit(20).build();

		FetchStrategy strategy = new MyAdapter(17).planFetch(context);

		// all the outstanding records would fit in one batch
		assertThat(strategy.checkStrategyType()).isEqualTo("IMMEDIATE");
		assertThat(strategy.checkExpectedTotalRecords()).isEqualTo(17);
	}

	@Test
	void testPlanFetchScopes() throws Exception {
		LinkContext context = LinkContext.builder().linkSourceName("SomeTable").batchSizeLimit(20).build();

		FetchStrategy strategy = new MyAdapter(26).planFetch(context);

		// the record count exceeds the batch size limit, so it takes multiple batches
		assertThat(strategy.checkStrategyType()).isEqualTo("SCOPES");
		assertThat(strategy.checkExpectedTotalRecords()).isEqualTo(26);
		assertThat(strategy.checkScopeCount()).isEqualTo(2);
	}

	@Test
	void fetchingSetsTheCursor() throws Exception {
		LinkContext context = LinkContext.builder().lastSuccessfulCursor("200").build();
		RunContext run = new RunContext();

		Iterable<RecordInFlight> records = run.call(() -> new MessageAdapter().fetchRecords(context, null));

		assertThat(records).extracting((record) -> record.get("messageNumber")).containsExactly(201, 202, 203);
		assertThat(run.cursor()).isEqualTo("203");
	}

	record MyScope(int offset) {

	}

	static class MyAdapter implements SourceAdapterForPull {

		private final int dirtyRecords;

		MyAdapter(int dirtyRecords) {
			this.dirtyRecords = dirtyRecords;
		}

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			if (this.dirtyRecords <= context.batchSizeLimit()) {
				return FetchStrategy.immediate(this.dirtyRecords);
			}
			List<MyScope> scopes = new ArrayList<>();
			for (int offset = 0; offset < this.dirtyRecords; offset += context.batchSizeLimit()) {
				scopes.add(new MyScope(offset));
			}
			return FetchStrategy.scopes(scopes, this.dirtyRecords);
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return List.of();
		}

	}

	static class MessageAdapter implements SourceAdapterForPull {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.immediate();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			String cursor = context.lastSuccessfulCursor();
			int last = (cursor != null) ? Integer.parseInt(cursor) : 0;
			return IntStream.rangeClosed(last + 1, last + 3).mapToObj((number) -> {
				RunContext.currentContext().setCursor(String.valueOf(number));
				return new RecordInFlight(Map.of("messageNumber", number));
			}).toList();
		}

	}

}
