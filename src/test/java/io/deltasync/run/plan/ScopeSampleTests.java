package io.deltasync.run.plan;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScopeSampleTests {

	private static final List<String> SCOPES = IntStream.range(0, 200).mapToObj(String::valueOf).toList();

	@Test
	void asManyScopesAreChosenAsThePercentageSaysInTheirOrder() {
		ScopeSample sample = new ScopeSample(5, new Random(1));

		List<String> chosen = sample.of(SCOPES, true);

		assertThat(chosen).hasSize(10).isSubsetOf(SCOPES);
		assertThat(chosen).isSortedAccordingTo((one, other) -> Integer.valueOf(one) - Integer.parseInt(other));
		assertThat(sample.of(SCOPES, true)).as("by chance").isNotEqualTo(chosen);
	}

	@Test
	void scopesThatComeOneByOneAreChosenInTheSameShare() {
		ScopeSample sample = new ScopeSample(10, new Random(1));

		long chosen = IntStream.range(0, 10_000).filter((i) -> !sample.of(List.of("a"), false).isEmpty()).count();

		assertThat(chosen).isBetween(900L, 1100L);
	}

	@Test
	void oneIsChosenInAnyCaseWhereNoneWasBefore() {
		ScopeSample sample = new ScopeSample(0.001, new Random(1));

		assertThat(sample.of(SCOPES, true)).hasSize(1);
		assertThat(sample.of(List.of(), true)).isEmpty();
	}

}
