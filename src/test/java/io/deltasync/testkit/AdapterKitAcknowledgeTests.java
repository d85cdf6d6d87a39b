package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForAcknowledge;
import io.deltasync.api.SourceAdapterForPull;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Acknowledging and closing: what a source does after a run.
 */
class AdapterKitAcknowledgeTests {

	private final Map<String, String> inbox = new TreeMap<>(Map.of("a.csv", "1", "b.csv", "2"));

	private final List<LinkContext> acknowledged = new ArrayList<>();

	private boolean connected = true;

	@Test
	void sourceIsToldOfASuccessTwiceByInstancesOfTheirOwn() {
		LinkContext context = LinkContext.builder().lastSuccessfulCursor("7").build();

		AdapterRun run = AdapterKit.of(Files::new).context(context).run();

		assertThat(run.records()).hasSize(2);
		assertThat(run.isAcknowledged()).isTrue();
		assertThat(this.acknowledged).containsExactly(context, context);
		assertThat(this.inbox).isEmpty();
	}

	@Test
	void sourceIsNotToldOfFailuresTestsAndReplays() {
		AdapterRun failed = AdapterKit.of(() -> new Files() {
			@Override
			public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
				throw new IllegalStateException("corrupt");
			}
		}).run();
		AdapterRun testing = AdapterKit.of(Files::new).context(LinkContext.builder().testingMode(true).build()).run();
		AdapterRun replay = AdapterKit.of(Files::new).context(LinkContext.builder().replay(true).build()).run();

		assertThat(List.of(failed, testing, replay)).noneMatch(AdapterRun::isAcknowledged);
		assertThat(this.acknowledged).isEmpty();
	}

	@Test
	void sourceThatCannotBeToldTwiceIsFound() {
		AdapterKit kit = AdapterKit.of(() -> new Files() {
			@Override
			public void runSucceeded(LinkContext context) {
				if (AdapterKitAcknowledgeTests.this.inbox.isEmpty()) {
					throw new IllegalStateException("no such file");
				}
				super.runSucceeded(context);
			}
		});

		assertThatExceptionOfType(AssertionError.class).isThrownBy(kit::run)
			.withMessageContainingAll("runSucceeded of source adapter", "no such file",
					"when it is called again for the same run");
	}

	@Test
	void sourceThatNeedsTheInstanceThatFetchedIsFound() {
		AdapterKit kit = AdapterKit.of(() -> new Files() {
			private List<String> read;

			@Override
			public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
				this.read = List.of((String) scope);
				return super.fetchRecords(context, scope);
			}

			@Override
			public void runSucceeded(LinkContext context) {
				this.read.forEach(AdapterKitAcknowledgeTests.this.inbox::remove);
			}
		});

		assertThatExceptionOfType(AssertionError.class).isThrownBy(kit::run)
			.withMessageContainingAll("runSucceeded of source adapter", "on a fresh instance");
	}

	@Test
	void sourceThatClosesWhatOthersNeedIsFound() {
		AdapterKit kit = AdapterKit.of(() -> new Files() {
			@Override
			public void close() {
				AdapterKitAcknowledgeTests.this.connected = false;
			}
		});

		assertThatExceptionOfType(AssertionError.class).isThrownBy(kit::run)
			.withMessageContainingAll("for scope \"b.csv\" after other instances were closed",
					"close only what the instance itself opened", "not connected");
	}

	private class Files implements SourceAdapterForPull, SourceAdapterForAcknowledge, AutoCloseable {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.scopes(List.copyOf(AdapterKitAcknowledgeTests.this.inbox.keySet()));
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
			if (!AdapterKitAcknowledgeTests.this.connected) {
				throw new IllegalStateException("not connected");
			}
			return List.of(new RecordInFlight(
					Map.of("file", scope, "content", AdapterKitAcknowledgeTests.this.inbox.get((String) scope))));
		}

		@Override
		public void runSucceeded(LinkContext context) {
			AdapterKitAcknowledgeTests.this.acknowledged.add(context);
			AdapterKitAcknowledgeTests.this.inbox.clear();
		}

		@Override
		public void close() {
		}

	}

}
