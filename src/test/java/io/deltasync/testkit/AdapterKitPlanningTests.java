package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForRowPush;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What goes wrong while planning is an error that names adapter, method and remedy.
 */
class AdapterKitPlanningTests {

	@Test
	void nullPlan() {
		fails(() -> planning(null)).withMessageContaining("planFetch of source adapter " + Pages.class.getPackageName())
			.withMessageContaining("returned null; return a FetchStrategy");
	}

	@Test
	void missingInterfaces() {
		fails(() -> planning(FetchStrategy.delay(1, "a")))
			.withMessageContaining("answered DELAY, for which the adapter must implement DelayedPlanningAdapter");
		fails(() -> planning(FetchStrategy.cumulativeScopes(List.of("a"), null, null)))
			.withMessageContaining("must implement DelayedPlanningAdapter");
		fails(() -> planning(FetchStrategy.queryLocator("SELECT 1")))
			.withMessageContaining("must implement SourceAdapterForRowPush");
		fails(() -> new SourceAdapter() {
		}).withMessageContaining("planFetch").withMessageContaining("implements SourceAdapterForPull");
	}

	@Test
	void immediateAfterCumulativeScopes() {
		fails(() -> again((scope) -> (scope == null) ? FetchStrategy.cumulativeScopes(List.of("a"), null, "more")
				: FetchStrategy.immediate()))
			.withMessageContaining("planFetchAgain of source adapter")
			.withMessageContaining("answered IMMEDIATE after CUMULATIVE_SCOPES; answer");
	}

	@Test
	void endlessDelay() {
		List<Object> asked = new ArrayList<>();
		fails(() -> again((scope) -> {
			asked.add(String.valueOf(scope));
			return FetchStrategy.delay(10, "not ready");
		})).withMessageContaining("planning has not ended after 1,000 calls: planFetchAgain of source adapter")
			.withMessageContaining("keeps answering DELAY");
		assertThat(asked).hasSize(1000);
	}

	@Test
	void asManyRoundsAsAllowedMayBeTaken() {
		Supplier<SourceAdapter> third = () -> again((scope) -> {
			int round = (scope != null) ? Integer.parseInt((String) scope) : 1;
			return (round == 3) ? FetchStrategy.noRecords() : FetchStrategy.delay(0, String.valueOf(round + 1));
		});
		assertThat(AdapterKit.of(third).rounds(3).run().strategies()).containsExactly("DELAY", "DELAY", "NO_RECORDS");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> AdapterKit.of(third).rounds(2).run())
			.withMessageContaining("after 2 calls");
	}

	@Test
	void whatTheAdapterThrowsIsTheCause() {
		fails(() -> new Pages() {

			@Override
			public FetchStrategy planFetch(LinkContext context) {
				throw new AbortRunException("the table SomeTable is not there");
			}

		}).withMessageContaining("planFetch of source adapter")
			.withMessageContaining("failed, which aborts the run")
			.withMessageContaining("the table SomeTable is not there")
			.withCauseInstanceOf(AbortRunException.class);
	}

	@Test
	void nullAmongTheScopes() {
		fails(() -> new Pages() {

			@Override
			public FetchStrategy planFetch(LinkContext context) {
				List<Object> scopes = new ArrayList<>();
				scopes.add(null);
				return FetchStrategy.scopes(scopes);
			}

		}).withMessageContaining("scope 0 of 1 is null");
	}

	@Test
	void fieldIsNotThereWhenPlanningGoesOn() {
		fails(Forgetful::new).withMessageContaining("planFetchAgain of source adapter " + Forgetful.class.getName())
			.withMessageContaining("called on a fresh instance")
			.withCauseInstanceOf(NullPointerException.class);
	}

	@Test
	void scopeThatDoesNotSurvive() {
		fails(() -> planning(FetchStrategy.scopes(List.of(new Growing(1)))))
			.withMessageContaining("planFetch: the scope of source adapter")
			.withMessageContaining(Growing.class.getName())
			.withMessageContaining("would come back as")
			.withMessageContaining("implement SourceAdapterScopeSerializer");
		fails(() -> planning(FetchStrategy.scopes(List.of(new Thread()))))
			.withMessageContaining("java.lang.Thread, cannot be stored");
	}

	@Test
	void staticFieldThatPlanningAssigns() {
		fails(Assigning::new).withMessageContaining("planFetch of source adapter " + Assigning.class.getName())
			.withMessageContaining("static field 'requestId'")
			.withMessageContaining("Put what a scope needs into the scope");
	}

	@Test
	void locatorWithoutRows() {
		fails(() -> new AdapterKitStrategiesTests.RowSource(new ArrayList<>()))
			.withMessageContaining("answered LOCATOR; give the rows");
	}

	@Test
	void rowPushAloneCannotAnswerScopes() {
		fails(() -> new RowSourceOfScopes()).withMessageContaining("must implement SourceAdapterForPull");
	}

	private static ThrowableAssertAlternative<AssertionError> fails(Supplier<SourceAdapter> adapter) {
		return assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> AdapterKit.of(adapter).run());
	}

	private static SourceAdapter planning(@Nullable FetchStrategy answer) {
		return new Pages() {

			@Override
			public @Nullable FetchStrategy planFetch(LinkContext context) {
				return answer;
			}

		};
	}

	private static SourceAdapter again(PlanAgain plan) {
		return new MorePages() {

			@Override
			public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) {
				return plan.plan(scope);
			}

		};
	}

	interface PlanAgain {

		FetchStrategy plan(@Nullable Object scope);

	}

	record Growing(int next) {

		Growing {
			next++;
		}

	}

	static class Forgetful extends MorePages {

		private @Nullable String fileId;

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			this.fileId = "f";
			return FetchStrategy.delay(1, null);
		}

		@Override
		public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) {
			return FetchStrategy.scopes(List.of(this.fileId.concat(".csv")));
		}

	}

	static class Assigning extends Pages {

		private static @Nullable String requestId;

		@Override
		public @Nullable FetchStrategy planFetch(LinkContext context) throws Exception {
			requestId = "r";
			return super.planFetch(context);
		}

		@Override
		public @Nullable Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope)
				throws Exception {
			return super.fetchRecords(context, requestId + scope);
		}

	}

	static class RowSourceOfScopes implements SourceAdapterForRowPush {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.scopes(List.of("a"));
		}

		@Override
		public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows) {
			return List.of();
		}

	}

}
