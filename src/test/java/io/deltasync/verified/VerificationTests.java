package io.deltasync.verified;

import io.deltasync.scope.RecordCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class VerificationTests {

	private static Verification found(long missing, long repaired, long held, long unreadable) {
		return new Verification(null, null, 100, 100 - missing - held - unreadable, 0, held, 0, 0, unreadable, missing,
				0, 0, repaired, 100L, 0, 0, 0);
	}

	@Test
	void countsAddUpToTheRecordsThatWereFetched() {
		RecordCounts records = new RecordCounts(100, 90, 12, 4, 0, 5, 1, 4);
		FirstLook first = new FirstLook(10, 2, 1, 3, 1);
		VerifyScopes.Sums sums = new VerifyScopes.Sums(first, new ScopeFindings(1, 2, 3, 2, 0, 0, 3), 1);

		Verification found = Verification.of(null, records, sums, TargetRowCounts.NOT_COUNTED);

		assertThat(found.same()).isEqualTo(90 - 2 - 8 - 1);
		assertThat(found.leftOut()).isEqualTo(6);
		assertThat(found.held()).isEqualTo(3);
		assertThat(found.unreadable()).isEqualTo(3);
		assertThat(found.unconfirmed()).as("not looked at again yet").isEqualTo(1);
		assertThat(found.addsUp(records, sums)).isTrue();
		assertThat(found.addsUp(new RecordCounts(100, 90, 11, 4, 0, 5, 1, 4), sums)).as("a suspect was lost").isFalse();
		assertThat(found.addsUp(new RecordCounts(101, 90, 12, 4, 0, 5, 1, 4), sums)).as("a record was lost").isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 0, 0, true, 0, IN_STEP", "1, 0, 0, 0, true, 0, NOT_IN_STEP",
			"1, 0, 0, 0, false, 0, NOT_IN_STEP", "1, 1, 0, 0, true, 0, REPAIRED", "0, 0, 0, 0, true, 3, REPAIRED",
			"0, 0, 0, 0, false, 0, NOT_PROVEN", "0, 0, 0, 1, true, 0, NOT_PROVEN", "0, 0, 5, 0, true, 0, IN_STEP" })
	void resultIsTheWorstThatWasFound(long missing, long repaired, long held, long unreadable, boolean proven,
			long deleted, VerifyResult result) {
		assertThat(found(missing, repaired, held, unreadable).decide(proven, false, deleted)).isEqualTo(result);
	}

	@Test
	void strictVerificationCountsWhatWaits() {
		assertThat(found(0, 0, 1, 0).decide(true, true, 0)).isEqualTo(VerifyResult.NOT_IN_STEP);
	}

	@Test
	void aSampleProvesNothingOfTheRest() {
		Verification sample = new Verification(null, 5.0, 10, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, 0, 0);

		assertThat(sample.decide(true, false, 0)).isEqualTo(VerifyResult.SAMPLE_IN_STEP);
	}

}
