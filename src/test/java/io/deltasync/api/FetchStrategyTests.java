package io.deltasync.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FetchStrategyTests {

	@Test
	void immediateHasNoScopes() {
		assertStrategy(FetchStrategy.immediate(), "IMMEDIATE", null, null);
		assertStrategy(FetchStrategy.immediate(17), "IMMEDIATE", 17L, null);
		assertStrategy(FetchStrategy.immediate(0), "IMMEDIATE", 0L, null);
	}

	@Test
	void scopesAreCounted() {
		assertStrategy(FetchStrategy.scopes(List.of("a", "b")), "SCOPES", null, 2);
		assertStrategy(FetchStrategy.scopes(List.of("a", "b"), 3_000_000_000L), "SCOPES", 3_000_000_000L, 2);
		assertStrategy(FetchStrategy.scopes(List.of()), "SCOPES", null, 0);
	}

	@Test
	void delayHasNoScopesToFetch() {
		assertStrategy(FetchStrategy.delay(10, "file"), "DELAY", null, null);
		assertStrategy(FetchStrategy.delay(null, null, 5), "DELAY", 5L, null);
	}

	@Test
	void cumulativeScopesAreCounted() {
		assertStrategy(FetchStrategy.cumulativeScopes(List.of(1, 2, 3), 0, "next"), "CUMULATIVE_SCOPES", null, 3);
		assertStrategy(FetchStrategy.cumulativeScopes(List.of(), null, null, 9), "CUMULATIVE_SCOPES", 9L, 0);
	}

	@Test
	void locatorIsAShorterNameForQueryLocator() {
		assertStrategy(FetchStrategy.queryLocator("select 1"), "LOCATOR", null, null);
		assertStrategy(FetchStrategy.queryLocator("select 1", 4), "LOCATOR", 4L, null);
		assertThat(FetchStrategy.locator("select 1")).isEqualTo(FetchStrategy.queryLocator("select 1"));
		assertThat(FetchStrategy.locator("select 1", 4)).isEqualTo(FetchStrategy.queryLocator("select 1", 4));
	}

	@Test
	void noRecordsHasNeitherTotalNorScopes() {
		assertStrategy(FetchStrategy.noRecords(), "NO_RECORDS", null, null);
	}

	@Test
	void planKeepsACopyOfTheScopes() {
		List<String> scopes = new ArrayList<>(List.of("a"));
		FetchStrategy strategy = FetchStrategy.scopes(scopes);

		scopes.add("b");

		assertThat(strategy.checkScopeCount()).isEqualTo(1);
	}

	@Test
	void eachFactoryRefusesANegativeTotal() {
		List<Runnable> factories = List.of(() -> FetchStrategy.immediate(-1),
				() -> FetchStrategy.scopes(List.of("a"), -1), () -> FetchStrategy.delay(1, "a", -1),
				() -> FetchStrategy.cumulativeScopes(List.of("a"), 1, "b", -1),
				() -> FetchStrategy.queryLocator("select 1", -1), () -> FetchStrategy.locator("select 1", -1));

		assertThat(factories).allSatisfy((factory) -> assertThatIllegalArgumentException().isThrownBy(factory::run)
			.withMessageMatching("FetchStrategy\\.\\w+: expectedTotalRecords is -1; give 0 or more, "
					+ "or leave it out when it is not known"));
	}

	@Test
	void messageNamesThePositionOfANullScope() {
		assertThatIllegalArgumentException().isThrownBy(() -> FetchStrategy.scopes(Arrays.asList("a", null, "c")))
			.withMessage(
					"FetchStrategy.scopes: scope 1 of 3 is null (counted from 0); each scope must say what to fetch");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> FetchStrategy.cumulativeScopes(Arrays.asList("a", null), 1, "next"))
			.withMessageStartingWith("FetchStrategy.cumulativeScopes: scope 1 of 2 is null");
	}

	@Test
	void messageAboutANullListNamesTheAlternative() {
		assertThatIllegalArgumentException().isThrownBy(() -> FetchStrategy.scopes(null))
			.withMessageContaining("FetchStrategy.noRecords()");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 11, Integer.MIN_VALUE, Integer.MAX_VALUE })
	void messageAboutMinutesOutOfRangeExplainsHowToWaitLonger(int minutes) {
		assertThatIllegalArgumentException().isThrownBy(() -> FetchStrategy.delay(minutes, "file"))
			.withMessage("FetchStrategy.delay: minutes is %d; give 0 to 10, or null to leave it to DeltaSync. "
				.formatted(minutes) + "To wait longer, answer with another wait from planFetchAgain");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> FetchStrategy.cumulativeScopes(List.of(), minutes, "file"))
			.withMessageStartingWith("FetchStrategy.cumulativeScopes: minutes is " + minutes);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(ints = { 0, 10 })
	void minutesInRangeAreAccepted(Integer minutes) {
		assertThat(FetchStrategy.delay(minutes, "file")).isEqualTo(new FetchStrategy.Delay(minutes, "file", null));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "  " })
	void anEmptyQueryIsRefused(String query) {
		assertThatIllegalArgumentException().isThrownBy(() -> FetchStrategy.queryLocator(query))
			.withMessageContaining("give a SELECT statement");
	}

	private static void assertStrategy(FetchStrategy strategy, String type, Long total, Integer scopes) {
		assertThat(strategy.checkStrategyType()).isEqualTo(type);
		assertThat(strategy.checkExpectedTotalRecords()).isEqualTo(total);
		assertThat(strategy.checkScopeCount()).isEqualTo(scopes);
	}

}
