package io.deltasync.http.source.page;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys that are on two pages of a run.
 */
class RunKeysTests {

	private static long[] keys(long from, long to) {
		return LongStream.range(from, to).map((key) -> key * 0x9E3779B97F4A7C15L).toArray();
	}

	@Test
	void pagesOfOneRunAreCompared() {
		RunKeys keys = new RunKeys(100_000);
		keys.begin("a", 3);

		assertThat(keys.add("a", 0, keys(0, 5000))).isEqualTo(new RunKeys.Found(null, false));
		assertThat(keys.add("a", 1, keys(4999, 5010)).otherPage()).isZero();
		assertThat(keys.add("b", 1, keys(0, 5000)).otherPage()).as("of another run").isNull();
	}

	@Test
	void pageThatIsReadAgainIsNotComparedWithItself() {
		RunKeys keys = new RunKeys(100);
		keys.begin("a", 2);
		keys.add("a", 0, keys(0, 10));

		assertThat(keys.add("a", 0, keys(0, 10)).otherPage()).isNull();
	}

	@Test
	void restOfARunIsComparedAndSaysSo() {
		RunKeys keys = new RunKeys(100);

		assertThat(keys.add("a", 5, keys(0, 10))).isEqualTo(new RunKeys.Found(null, true));
		assertThat(keys.add("a", 6, keys(10, 20))).isEqualTo(new RunKeys.Found(null, false));
		assertThat(keys.add("a", 7, keys(15, 25)).otherPage()).isEqualTo(6);
	}

	@Test
	void tooManyKeysAreForgottenAndThatIsTold() {
		RunKeys keys = new RunKeys(15);
		keys.begin("a", 3);
		keys.add("a", 0, keys(0, 10));

		assertThat(keys.add("a", 1, keys(10, 20))).isEqualTo(new RunKeys.Found(null, true));
		assertThat(keys.add("a", 2, keys(0, 10))).isEqualTo(new RunKeys.Found(null, false));
	}

	@Test
	void runsThatHaveEndedMakeRoom() {
		RunKeys keys = new RunKeys(15);
		keys.begin("a", 1);
		keys.add("a", 0, keys(0, 10));
		keys.begin("b", 2);

		assertThat(keys.add("b", 0, keys(0, 10)).incomplete()).isFalse();
	}

}
