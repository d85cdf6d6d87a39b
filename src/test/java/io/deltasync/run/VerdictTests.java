package io.deltasync.run;

import java.util.List;

import io.deltasync.event.Outcome;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Progress;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.scope.Strategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a run comes to (DESIGN 2.1.3, 2.1.4, 2.4.6).
 */
class VerdictTests {

	private static final RecordCounts CLEAN = new RecordCounts(10, 8, 0, 0, 0, 1, 1, 0);

	@Test
	void successNeedsAllScopesToTheirEndAndNoFailure() {
		assertThat(verdict(null, false, plan(true, 3), new ScopeCounts(3, 3, 0), CLEAN).outcome())
			.isEqualTo(Outcome.COMPLETED);
	}

	@Test
	void oneFailedRecordIsNoSuccess() {
		Verdict verdict = verdict(null, false, plan(true, 3), new ScopeCounts(3, 3, 0),
				new RecordCounts(10, 9, 0, 1, 0, 0, 0, 0));
		assertThat(verdict.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
		assertThat(verdict.message()).isEqualTo("1 of 10 records failed");
	}

	@Test
	void oneFailedScopeIsNoSuccess() {
		Verdict verdict = verdict(null, false, plan(true, 3), new ScopeCounts(3, 2, 1), CLEAN);
		assertThat(verdict.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
		assertThat(verdict.message()).isEqualTo("1 of 3 scopes failed");
	}

	@Test
	void countsThatDoNotAddUpAreNoSuccess() {
		Verdict verdict = verdict(null, false, plan(true, 3), new ScopeCounts(3, 3, 0),
				new RecordCounts(10, 9, 0, 0, 0, 0, 0, 0));
		assertThat(verdict.outcome()).isEqualTo(Outcome.COMPLETED_WITH_FAILURES);
		assertThat(verdict.message()).contains("do not add up");
	}

	@Test
	void scopeThatNobodyFetchedIsNoSuccessThoughNothingStoppedTheRun() {
		assertThat(verdict(null, false, plan(true, 3), new ScopeCounts(3, 2, 0), CLEAN).outcome())
			.isEqualTo(Outcome.ABORTED);
	}

	@Test
	void plannedScopeThatWasNotStoredIsNoSuccess() {
		assertThat(verdict(null, false, plan(true, 4), new ScopeCounts(3, 3, 0), CLEAN).outcome())
			.isEqualTo(Outcome.ABORTED);
	}

	@Test
	void unfinishedPlanningIsNoSuccess() {
		assertThat(verdict(null, false, plan(false, 3), new ScopeCounts(3, 3, 0), CLEAN).outcome())
			.isEqualTo(Outcome.ABORTED);
	}

	@Test
	void abortSaysWhy() {
		Verdict verdict = verdict("the source is not available", true, plan(true, 3), new ScopeCounts(3, 3, 0), CLEAN);
		assertThat(verdict.outcome()).isEqualTo(Outcome.ABORTED);
		assertThat(verdict.message()).isEqualTo("the source is not available");
	}

	@Test
	void stopBeforeTheEndIsStopped() {
		Verdict verdict = verdict(null, true, plan(true, 3), new ScopeCounts(3, 1, 0), CLEAN);
		assertThat(verdict.outcome()).isEqualTo(Outcome.STOPPED);
		assertThat(verdict.message()).contains("1 of 3 scopes");
	}

	@Test
	void stopThatCameAfterTheLastScopeChangesNothing() {
		assertThat(verdict(null, true, plan(true, 3), new ScopeCounts(3, 3, 0), CLEAN).outcome())
			.isEqualTo(Outcome.COMPLETED);
	}

	@Test
	void replayThatDidNotTryAllRejectsIsStopped() {
		assertThat(Verdict.of(null, true, plan(true, 0),
				new Progress(new ScopeCounts(0, 0, 0), CLEAN, RecordCounts.NONE), "all were tried"))
			.isEqualTo(new Verdict(Outcome.STOPPED, "stopped on request before all were tried"));
	}

	@Test
	void acknowledgedRecordsFailNoRun() {
		assertThat(verdict(null, false, plan(true, 3), new ScopeCounts(3, 3, 0),
				new RecordCounts(10, 8, 0, 2, 0, 0, 0, 2)))
			.isEqualTo(new Verdict(Outcome.COMPLETED, ""));
		assertThat(
				verdict(null, false, plan(true, 3), new ScopeCounts(3, 3, 0), new RecordCounts(10, 8, 0, 2, 0, 0, 0, 1))
					.message())
			.isEqualTo("1 of 10 records failed");
	}

	@Test
	void allThatFailedIsSaid() {
		assertThat(
				verdict(null, false, plan(true, 3), new ScopeCounts(3, 2, 1), new RecordCounts(10, 8, 0, 1, 0, 0, 0, 0))
					.message())
			.startsWith("1 of 3 scopes failed; 1 of 10 records failed; the counts do not add up: ");
	}

	@Test
	void runThatWasLeftOffWithoutAStopSaysHowFarItCame() {
		assertThat(verdict(null, false, plan(false, 5), new ScopeCounts(5, 3, 1), CLEAN).message())
			.startsWith("planning was not finished and 4 of 5 scopes were fetched");
		assertThat(verdict(null, false, plan(true, 5), new ScopeCounts(5, 3, 1), CLEAN).message())
			.startsWith("planning was finished and 4 of 5 scopes were fetched");
		assertThat(verdict(null, true, plan(true, 5), new ScopeCounts(5, 2, 1), CLEAN).message())
			.isEqualTo("stopped on request after 3 of 5 scopes");
	}

	@Test
	void objectionMakesASuccessAFailureAndIsSaidAfterOtherFailures() {
		assertThat(new Verdict(Outcome.COMPLETED, "").with("too many are gone"))
			.isEqualTo(new Verdict(Outcome.COMPLETED_WITH_FAILURES, "too many are gone"));
		assertThat(new Verdict(Outcome.COMPLETED_WITH_FAILURES, "1 of 10 records failed").with("too many are gone"))
			.isEqualTo(new Verdict(Outcome.COMPLETED_WITH_FAILURES, "1 of 10 records failed; too many are gone"));
	}

	@Test
	void withoutAnObjectionAVerdictStands() {
		Verdict success = new Verdict(Outcome.COMPLETED, "");
		assertThat(success.with(null)).isEqualTo(success);
	}

	@Test
	void runThatDidNotReachItsEndIsNoneTheLessAborted() {
		for (Outcome outcome : new Outcome[] { Outcome.ABORTED, Outcome.STOPPED }) {
			Verdict verdict = new Verdict(outcome, "why");
			assertThat(verdict.with("too many are gone")).isEqualTo(verdict);
		}
	}

	private static Verdict verdict(String abort, boolean stop, Plan plan, ScopeCounts scopes, RecordCounts records) {
		return Verdict.of(abort, stop, plan, new Progress(scopes, records, RecordCounts.NONE), null);
	}

	private static Plan plan(boolean finished, long scopes) {
		return new Plan(Strategy.SCOPES, finished, null, 0, 0, null, 1, null, null, null, List.of()).withStored(scopes,
				1);
	}

}
