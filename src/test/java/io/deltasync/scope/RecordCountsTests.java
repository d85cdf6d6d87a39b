package io.deltasync.scope;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts, each of which stands for itself.
 */
class RecordCountsTests {

	private static final RecordCounts ONE_TO_EIGHT = new RecordCounts(1, 2, 3, 4, 5, 6, 7, 8);

	private static final RecordCounts TENS = new RecordCounts(10, 20, 30, 40, 50, 60, 70, 80);

	@Test
	void eachIsAddedToItsOwn() {
		assertThat(ONE_TO_EIGHT.plus(TENS)).isEqualTo(new RecordCounts(11, 22, 33, 44, 55, 66, 77, 88));
	}

	@Test
	void eachIsTakenFromItsOwn() {
		assertThat(TENS.minus(ONE_TO_EIGHT)).isEqualTo(new RecordCounts(9, 18, 27, 36, 45, 54, 63, 72));
	}

	@Test
	void largerOfEachIsTaken() {
		assertThat(TENS.atLeast(new RecordCounts(11, 2, 31, 4, 51, 6, 71, 8)))
			.isEqualTo(new RecordCounts(11, 20, 31, 40, 51, 60, 71, 80));
	}

	@Test
	void whatWasAcknowledgedDoesNotFailTheRun() {
		assertThat(new RecordCounts(5, 0, 0, 5, 0, 0, 0, 3).failing()).isEqualTo(2);
	}

	@Test
	void eachFetchedRecordHasOneEnd() {
		assertThat(new RecordCounts(10, 1, 1, 2, 7, 3, 4, 2).addUp()).isTrue();
		assertThat(new RecordCounts(9, 1, 1, 2, 7, 3, 4, 2).addUp()).isFalse();
		assertThat(new RecordCounts(11, 1, 1, 2, 7, 3, 4, 2).addUp()).isFalse();
	}

}
