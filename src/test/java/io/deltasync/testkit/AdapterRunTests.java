package io.deltasync.testkit;

import java.time.Instant;
import java.util.List;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a run tells afterwards.
 */
class AdapterRunTests {

	private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

	private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

	@Test
	void cursorOfTheHighestScopeWins() {
		assertThat(AdapterKit.of(() -> new Telling("a", "b")).run().cursor()).isEqualTo("b");
		assertThat(AdapterKit.of(() -> new Telling("c", "a")).run().cursor()).isEqualTo("c");
	}

	@Test
	void cursorOfPlanningCountsWhenNoScopeSetsOne() {
		assertThat(AdapterKit.of(Telling::new).run().cursor()).isEqualTo("planned");
		assertThat(AdapterKit.of(Pages::new).run().cursor()).isNull();
	}

	@Test
	void warningsOfPlanningComeFirst() {
		assertThat(AdapterKit.of(() -> new Telling("b")).run().warnings()).containsExactly("in planning", "in b");
	}

	@Test
	void failedRunHandsOnNoCursor() {
		LinkContext context = LinkContext.builder()
			.lastSuccessfulSync(THEN)
			.lastSuccessfulCursor("before")
			.runTimestamp(NOW)
			.build();
		AdapterRun run = AdapterKit.of(() -> new Telling("a", "failing")).context(context).run();
		assertThat(run.cursor()).isNull();
		LinkContext next = run.nextContext(NOW.plusSeconds(60));
		assertThat(next.lastSuccessfulSync()).isEqualTo(THEN);
		assertThat(next.lastSuccessfulCursor()).isEqualTo("before");
	}

	@Test
	void recordThatTheSourceMarksAsFailedFailsTheRun() {
		AdapterRun run = AdapterKit.of(() -> AdapterKitFetchingTests.fetching((scope) -> {
			RecordInFlight record = Pages.record(scope);
			record.addError("unreadable");
			return List.of(record);
		})).run();
		assertThat(run.failures()).isEmpty();
		assertThat(run.isSuccessful()).isFalse();
	}

	@Test
	void nextContextGoesOnFromASuccessfulRun() {
		LinkContext full = LinkContext.builder().fullRun(true).runTimestamp(THEN).build();
		LinkContext delta = AdapterKit.of(() -> new Telling("a")).context(full).run().nextContext(NOW);
		assertThat(delta.isFullRun()).isFalse();
		assertThat(delta.runTimestamp()).isEqualTo(NOW);
		assertThat(delta.lastSuccessfulSync()).isEqualTo(THEN);
		assertThat(delta.lastSuccessfulCursor()).isEqualTo("a");
		LinkContext carriedOn = AdapterKit.of(Pages::new).context(delta).run().nextContext(NOW.plusSeconds(60));
		assertThat(carriedOn.lastSuccessfulSync()).isEqualTo(NOW);
		assertThat(carriedOn.lastSuccessfulCursor()).isEqualTo("a");
	}

	@Test
	void testingModeMovesNothing() {
		LinkContext testing = LinkContext.builder().testingMode(true).runTimestamp(THEN).build();
		LinkContext next = AdapterKit.of(() -> new Telling("a")).context(testing).run().nextContext(NOW);
		assertThat(next.lastSuccessfulSync()).isNull();
		assertThat(next.lastSuccessfulCursor()).isNull();
	}

	@Test
	void scopesWithoutEqualsAreFoundByTheirText() {
		AdapterRun run = AdapterKit.of(Offsets::new).run();
		assertThat(run.scopes()).hasSize(2).doesNotContain(new Offset(20));
		assertThat(run.recordsOf(new Offset(20))).extracting((record) -> record.get("id")).containsExactly(20);
		assertThat(run.recordsOf(run.scopes().get(0))).hasSize(1);
	}

	@Test
	void unknownScopeListsThoseThatThereAre() {
		AdapterRun run = AdapterKit.of(Pages::new).run();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> run.recordsOf("d"))
			.withMessage("no scope \"d\" was fetched; there are: [\"a\", \"b\", \"c\"]");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> run.recordsOf(null));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> run.recordsOf(new Thread("t")));
	}

	static class Telling extends Pages {

		private final List<String> scopes;

		Telling(String... scopes) {
			this.scopes = List.of(scopes);
		}

		@Override
		public @Nullable FetchStrategy planFetch(LinkContext context) throws Exception {
			RunContext.currentContext().setCursor("planned");
			RunContext.currentContext().addWarning("in planning");
			return super.planFetch(context);
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			if (this.scopes.contains("failing") && scope.equals("c")) {
				throw new IllegalStateException("c");
			}
			return () -> {
				// bound to the thread while the result is consumed, too
				if (this.scopes.contains(scope)) {
					RunContext.currentContext().setCursor((String) scope);
					RunContext.currentContext().addWarning("in " + scope);
				}
				return List.<RecordInFlight>of().iterator();
			};
		}

	}

	static final class Offset {

		private final int start;

		Offset(int start) {
			this.start = start;
		}

	}

	static class Offsets extends Pages {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.scopes(List.of(new Offset(0), new Offset(20)));
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return List.of(record(((Offset) scope).start));
		}

	}

}
