package io.deltasync.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.scope.Plan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What follows from an adapter's answer (seed: FetchStrategy).
 */
class PlanningTests {

	private final SourceAdapter adapter = new ScriptedSource(new Script());

	@Test
	void noRecordsFinishesWithoutScopes() {
		Planning planning = answer(FetchStrategy.noRecords());
		assertThat(planning.plan().strategy()).isEqualTo("NO_RECORDS");
		assertThat(planning.plan().finished()).isTrue();
		assertThat(planning.scopes()).isEmpty();
	}

	@Test
	void immediateIsOneScopeThatIsNull() {
		Planning planning = answer(FetchStrategy.immediate(17));
		assertThat(planning.plan().strategy()).isEqualTo("IMMEDIATE");
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
		assertThat(answer(FetchStrategy.scopes(List.of())).plan().strategy()).isEqualTo("NO_RECORDS");
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

	private Planning answer(@Nullable FetchStrategy answer) {
		return Planning.answer(Plan.NONE, this.adapter, "planFetch", answer, Instant.EPOCH);
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
