package io.deltasync.run.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How many scopes a lane compares together. */
class ScopesTogetherTests {

	private final ScopesTogether together = new ScopesTogether();

	private void take(int same, int different, long milliseconds) {
		take(same + different, same, different, milliseconds);
	}

	private void take(int asked, int same, int different, long milliseconds) {
		List<OptionalLong> results = new ArrayList<>(Collections.nCopies(same, OptionalLong.of(1000)));
		results.addAll(Collections.nCopies(different, OptionalLong.empty()));
		this.together.take(asked, results, TimeUnit.MILLISECONDS.toNanos(milliseconds));
	}

	private int leftOut() {
		return (int) IntStream.generate(this.together::next).takeWhile((number) -> number == 0).count();
	}

	@Test
	void moreScopesAreComparedWhileCallsAreShortAndFewerAfterLongOnes() {
		assertThat(this.together.next()).isEqualTo(1);
		take(1, 0, 1);
		assertThat(this.together.next()).isEqualTo(2);
		take(2, 0, 1);
		assertThat(this.together.next()).isEqualTo(4);
		take(4, 0, 500);
		assertThat(this.together.next()).isEqualTo(4);
		take(4, 0, 2000);
		assertThat(this.together.next()).isEqualTo(2);
		take(2, 0, 2000);
		assertThat(this.together.next()).isEqualTo(1);
	}

	@Test
	void noMoreScopesAreComparedThanTheSourceCanCompareTogether() {
		take(8, 0, 1);
		take(16, 1, 0, 1);
		assertThat(this.together.next()).isEqualTo(1);
	}

	@Test
	void noFewerScopesAreComparedBecauseAPageEnds() {
		take(8, 0, 1);
		take(1, 0, 1);
		assertThat(this.together.next()).isEqualTo(16);
	}

	@Test
	void fewScopesThatDifferChangeNothing() {
		take(7, 1, 1);
		assertThat(this.together.next()).isEqualTo(16);
	}

	@Test
	void moreScopesAreLeftOutEachTimeThatManyDifferUntilOthersAreTheSame() {
		take(8, 8, 1);
		assertThat(leftOut()).isEqualTo(1);
		assertThat(this.together.next()).isEqualTo(1);
		take(0, 1, 1);
		assertThat(leftOut()).isEqualTo(3);
		for (int i = 0; i < 9; i++) {
			take(0, 1, 1);
		}
		assertThat(leftOut()).isEqualTo(64);
		take(1, 0, 1);
		assertThat(leftOut()).isZero();
		take(0, 1, 1);
		assertThat(leftOut()).isEqualTo(1);
	}

}
