package io.deltasync.run.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Strategy;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedDelayedSource;
import io.deltasync.testing.ScriptedSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What follows from an adapter's answer.
 */
class PlanningTests {

	private final SourceAdapter adapter = new ScriptedSource(new Script());

	@Test
	void noRecordsFinishesWithoutScopes() {
		Planning planning = answer(FetchStrategy.noRecords());
		assertThat(planning.plan().strategy()).isEqualTo(Strategy.NO_RECORDS);
		assertThat(planning.plan().finished()).isTrue();
		assertThat(planning.scopes()).isEmpty();
	}

	@Test
	void immediateIsOneScopeThatIsNull() {
		Planning planning = answer(FetchStrategy.immediate(17));
		assertThat(planning.plan().strategy()).isEqualTo(Strategy.IMMEDIATE);
		assertThat(planning.plan().expectedTotalRecords()).isEqualTo(17);
		assertThat(planning.scopes()).containsExactly((Object) null);
	}

	@Test
	void scopesAreKeptInOrder() {
		Planning planning = answer(FetchStrategy.scopes(List.of("b", "a"), 26));
		assertThat(planning.plan().finished()).isTrue();
		assertThat(planning.scopes()).containsExactly("b", "a");
	}

	@Test
	void emptyListOfScopesIsNoRecords() {
		assertThat(answer(FetchStrategy.scopes(List.of())).plan().strategy()).isEqualTo(Strategy.NO_RECORDS);
	}

	@Test
	void eachAnswerIsARoundAndKeepsWhatWasToldBefore() {
		Plan first = delayed(Plan.NONE, FetchStrategy.cumulativeScopes(List.of("a"), null, "next")).plan()
			.withReported("c1", List.of("odd"))
			.withStored(1, 1);
		assertThat(first.round()).isEqualTo(1);
		for (FetchStrategy answer : List.of(FetchStrategy.delay(1, "next"), FetchStrategy.scopes(List.of("b")))) {
			Plan second = delayed(first, answer).plan();
			assertThat(second.round()).isEqualTo(2);
			assertThat(second.cursor()).isEqualTo("c1");
			assertThat(second.warnings()).containsExactly("odd");
			assertThat(second.nextOrdinal()).isEqualTo(1);
			assertThat(second.nextPage()).isEqualTo(1);
		}
	}

	@Test
	void answerAfterListsThatHasNoMoreKeepsThem() {
		Plan first = delayed(Plan.NONE, FetchStrategy.cumulativeScopes(List.of("a"), null, "next")).plan()
			.withStored(1, 1);
		assertThat(delayed(first, FetchStrategy.noRecords()).plan().strategy()).isEqualTo(Strategy.CUMULATIVE_SCOPES);
		assertThat(delayed(first, FetchStrategy.scopes(List.of())).plan().strategy()).isEqualTo(Strategy.SCOPES);
	}

	@Test
	void nullAnswerNamesAdapterAndMethod() {
		assertThatExceptionOfType(PlanningException.class).isThrownBy(() -> answer(null))
			.withMessageContaining("planFetch of source adapter " + ScriptedSource.class.getName())
			.withMessageContaining("FetchStrategy.noRecords()");
	}

	@Test
	void strategyThatNeedsAnInterfaceTheAdapterLacksNamesIt() {
		assertThatExceptionOfType(PlanningException.class).isThrownBy(
				() -> Planning.answer(Plan.NONE, new RowPush(), "planFetch", FetchStrategy.immediate(), Instant.EPOCH))
			.withMessageContaining("IMMEDIATE")
			.withMessageContaining("must implement SourceAdapterForPull");
	}

	@Test
	void eachStrategyNamesTheInterfaceThatItNeeds() {
		assertMissing(new RowPush(), FetchStrategy.scopes(List.of(1)), "SCOPES", "SourceAdapterForPull");
		assertMissing(this.adapter, FetchStrategy.delay(1, "x"), "DELAY", "DelayedPlanningAdapter");
		assertMissing(this.adapter, FetchStrategy.cumulativeScopes(List.of("a"), 1, "x"), "CUMULATIVE_SCOPES",
				"DelayedPlanningAdapter");
		assertMissing(new Unserialized(), FetchStrategy.cumulativeScopes(List.of("a"), 1, "x"), "CUMULATIVE_SCOPES",
				"SourceAdapterScopeSerializer");
		assertMissing(this.adapter, FetchStrategy.queryLocator("SELECT 1"), "LOCATOR", "SourceAdapterForRowPush");
	}

	private static void assertMissing(SourceAdapter adapter, FetchStrategy answer, String strategy, String needed) {
		assertThatExceptionOfType(PlanningException.class)
			.isThrownBy(() -> Planning.answer(Plan.NONE, adapter, "planFetch", answer, Instant.EPOCH))
			.withMessage("planFetch of source adapter %s answered %s, for which the adapter must implement %s"
				.formatted(adapter.getClass().getName(), strategy, needed));
	}

	@Test
	void waitThatIsLeftToTheEngineGrowsFrom15To90Seconds() {
		List<Long> waits = new ArrayList<>();
		Plan plan = Plan.NONE;
		for (int round = 0; round < 8; round++) {
			plan = delayed(plan, FetchStrategy.delay(null, "file")).plan();
			waits.add(Duration.between(Instant.EPOCH, plan.delayedUntil()).toSeconds());
		}
		assertThat(waits).containsExactly(15L, 22L, 33L, 50L, 75L, 90L, 90L, 90L);
	}

	@Test
	void waitIsAsManyMinutesAsTheAdapterSays() {
		assertThat(delayed(Plan.NONE, FetchStrategy.delay(10, "file")).plan().delayedUntil())
			.isEqualTo(Instant.EPOCH.plusSeconds(600));
		assertThat(delayed(Plan.NONE, FetchStrategy.delay(0, "file")).plan().delayedUntil()).isEqualTo(Instant.EPOCH);
		assertThat(delayed(Plan.NONE, FetchStrategy.cumulativeScopes(List.of("a"), 2, "next")).plan().delayedUntil())
			.isEqualTo(Instant.EPOCH.plusSeconds(120));
	}

	@Test
	void cumulativeScopesWithoutMinutesDoNotWait() {
		Planning planning = delayed(Plan.NONE, FetchStrategy.cumulativeScopes(List.of("a"), null, "next"));
		assertThat(planning.plan().delayedUntil()).isNull();
		assertThat(planning.plan().finished()).isFalse();
		assertThat(planning.planningScope()).isEqualTo("next");
	}

	@Test
	void expectedTotalOnceGivenIsRememberedUntilAnotherIsGiven() {
		Plan first = delayed(Plan.NONE, FetchStrategy.cumulativeScopes(List.of("a"), null, "next", 7)).plan();
		Plan second = delayed(first, FetchStrategy.cumulativeScopes(List.of("b"), null, "next")).plan();
		assertThat(second.expectedTotalRecords()).isEqualTo(7);
		assertThat(delayed(second, FetchStrategy.scopes(List.of("c"), 9)).plan().expectedTotalRecords()).isEqualTo(9);
	}

	@Test
	void neitherImmediateNorLocatorMakesSenseAfterCumulativeScopes() {
		Plan empty = delayed(Plan.NONE, FetchStrategy.cumulativeScopes(List.of(), null, "next")).plan();
		Plan handed = empty.withStored(1, 1);
		Plan waiting = delayed(empty, FetchStrategy.delay(1, "later")).plan();
		for (Plan before : List.of(empty, handed, waiting)) {
			for (FetchStrategy answer : List.of(FetchStrategy.immediate(), FetchStrategy.queryLocator("SELECT 1"))) {
				assertThatExceptionOfType(PlanningException.class).isThrownBy(() -> delayed(before, answer))
					.withMessageContaining("planFetchAgain of source adapter " + Everything.class.getName())
					.withMessageContaining(answer.checkStrategyType() + " after CUMULATIVE_SCOPES; answer");
			}
		}
	}

	private static Planning delayed(Plan before, FetchStrategy answer) {
		return Planning.answer(before, new Everything(), "planFetchAgain", answer, Instant.EPOCH);
	}

	private Planning answer(@Nullable FetchStrategy answer) {
		return Planning.answer(Plan.NONE, this.adapter, "planFetch", answer, Instant.EPOCH);
	}

	private static final class Unserialized implements DelayedPlanningAdapter {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.noRecords();
		}

		@Override
		public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) {
			return FetchStrategy.noRecords();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return List.of();
		}

	}

	private static final class Everything extends ScriptedDelayedSource implements SourceAdapterForRowPush {

		Everything() {
			super(new Script());
		}

		@Override
		public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows) {
			return List.of();
		}

	}

	private static final class RowPush implements SourceAdapterForRowPush {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.immediate();
		}

		@Override
		public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows) {
			return List.of();
		}

	}

}
