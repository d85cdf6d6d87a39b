package io.deltasync.run;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.event.Outcome;
import io.deltasync.run.RunEnding.Reason;
import io.deltasync.run.RunEnding.Reason.Kind;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Progress;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.scope.Strategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a run comes to.
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
	void workLeftAfterAllScopesIsStopped() {
		assertThat(of(complete(CLEAN), new Reason(Kind.UNFINISHED, "all were tried"), Reason.STOP))
			.isEqualTo(new Verdict(Outcome.STOPPED, "stopped on request before all were tried"));
	}

	@Test
	void theLastWorkThatWasLeftIsSaid() {
		assertThat(of(complete(CLEAN), new Reason(Kind.UNFINISHED, "all were tried"),
				new Reason(Kind.UNFINISHED, "deletions were finished")))
			.isEqualTo(new Verdict(Outcome.STOPPED, "stopped on request before deletions were finished"));
	}

	@Test
	void stepThatFailedIsSaidOfARunThatDidNotReachItsEnd() {
		Reason lane = new Reason(Kind.STEP_FAILED, "step 'lane' could not be carried out: no memory");
		Reason lanes = new Reason(Kind.STEP_FAILED, "step 'lanes' could not be carried out: a lane failed");
		Progress left = new Progress(new ScopeCounts(3, 2, 0), CLEAN, RecordCounts.NONE);
		assertThat(Verdict.of(List.of(lane, lanes), plan(true, 3), left)).isEqualTo(new Verdict(Outcome.ABORTED,
				"planning was finished and 2 of 3 scopes were fetched to their end, though nothing stopped the run: "
						+ "step 'lanes' could not be carried out: a lane failed"));
		assertThat(Verdict.of(List.of(lane, Reason.STOP), plan(true, 3), left))
			.isEqualTo(new Verdict(Outcome.STOPPED, "stopped on request after 2 of 3 scopes"));
		assertThat(of(complete(CLEAN), lane)).isEqualTo(Verdict.SUCCESS);
	}

	@Test
	void theFirstAbortIsSaidWhateverElseIsWrong() {
		assertThat(of(complete(CLEAN), new Reason(Kind.OBJECTION, "too many are gone"), Reason.STOP,
				new Reason(Kind.ABORTED, "first"), new Reason(Kind.ABORTED, "second"),
				new Reason(Kind.STEP_FAILED, "a step failed")))
			.isEqualTo(new Verdict(Outcome.ABORTED, "first"));
	}

	@Test
	void theLossOfTheLinkPrevails() {
		Reason lost = new Reason(Kind.LINK_LOST, "another process has it");
		assertThat(of(complete(CLEAN), new Reason(Kind.ABORTED, "the source is not available"), lost))
			.isEqualTo(new Verdict(Outcome.ABORTED, "another process has it"));
		assertThat(Verdict.atEnd("people", Verdict.SUCCESS, List.of(lost)))
			.isEqualTo(new Verdict(Outcome.ABORTED, "another process has it"));
	}

	@Test
	void runWhoseLastStepDecidedNothingIsAborted() {
		assertThat(Verdict.atEnd("people", null, List.of(Reason.STOP))).isEqualTo(new Verdict(Outcome.ABORTED,
				"Link 'people': the run ended without a verdict; see the log for the error of the step 'verdict'"));
		assertThat(Verdict.atEnd("people", Verdict.SUCCESS, List.of(Reason.STOP))).isEqualTo(Verdict.SUCCESS);
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
		Reason objection = new Reason(Kind.OBJECTION, "too many are gone");
		assertThat(of(complete(CLEAN), objection))
			.isEqualTo(new Verdict(Outcome.COMPLETED_WITH_FAILURES, "too many are gone"));
		assertThat(of(complete(new RecordCounts(10, 9, 0, 1, 0, 0, 0, 0)), objection))
			.isEqualTo(new Verdict(Outcome.COMPLETED_WITH_FAILURES, "1 of 10 records failed; too many are gone"));
	}

	@Test
	void runThatDidNotReachItsEndIsNoneTheLessAborted() {
		Reason objection = new Reason(Kind.OBJECTION, "too many are gone");
		assertThat(of(complete(CLEAN), objection, new Reason(Kind.ABORTED, "why")))
			.isEqualTo(new Verdict(Outcome.ABORTED, "why"));
		assertThat(of(complete(CLEAN), objection, new Reason(Kind.UNFINISHED, "that")))
			.isEqualTo(new Verdict(Outcome.STOPPED, "stopped on request before that"));
	}

	private static Verdict of(Progress progress, Reason... reasons) {
		return Verdict.of(List.of(reasons), plan(true, 3), progress);
	}

	private static Progress complete(RecordCounts records) {
		return new Progress(new ScopeCounts(3, 3, 0), records, RecordCounts.NONE);
	}

	private static Verdict verdict(String abort, boolean stop, Plan plan, ScopeCounts scopes, RecordCounts records) {
		List<Reason> reasons = new ArrayList<>();
		if (abort != null) {
			reasons.add(new Reason(Kind.ABORTED, abort));
		}
		if (stop) {
			reasons.add(Reason.STOP);
		}
		return Verdict.of(reasons, plan, new Progress(scopes, records, RecordCounts.NONE));
	}

	private static Plan plan(boolean finished, long scopes) {
		return new Plan(Strategy.SCOPES, finished, null, 0, 0, null, 1, null, null, null, List.of()).withStored(scopes,
				1);
	}

}
