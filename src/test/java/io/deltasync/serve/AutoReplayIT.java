package io.deltasync.serve;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which replays follow a failed run, when, and what keeps them from it, with two
 * processes that share a database.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AutoReplayIT {

	private static final List<String> LINKS = List.of("people", "single", "resumed", "scheduled", "never");

	/** Which record each target refuses. */
	private static final int BAD = 3;

	private static final Duration WAIT = Duration.ofMinutes(1);

	@Parameter
	private TestDatabase database;

	private TwoReplicas both;

	/** The newest execution whose end was set to the time of the test. */
	private long stamped;

	@BeforeParameterizedClassInvocation
	void start() {
		this.both = new TwoReplicas(this.database, LINKS, "deltasync.links.people.auto-replay=3",
				"deltasync.links.people.auto-replay-after=1m", "deltasync.links.single.auto-replay=1",
				"deltasync.links.single.auto-replay-after=1m", "deltasync.links.resumed.auto-replay=1",
				"deltasync.links.resumed.auto-replay-after=1m", "deltasync.links.resumed.resume-crashed=true",
				"deltasync.links.scheduled.auto-replay=3", "deltasync.links.scheduled.auto-replay-after=1m",
				"deltasync.links.scheduled.schedule=0 0 3 1 1 *");
		this.stamped = 0;
	}

	@AfterParameterizedClassInvocation
	void stop() {
		if (this.both != null) {
			this.both.close();
		}
	}

	@BeforeEach
	void forget() {
		this.both.forget(Instant.now());
		LINKS.forEach((link) -> this.both.stage.records(link, 5));
		this.both.stage.refuse(BAD);
		this.both.open();
	}

	private SyncEvent newest(String link) {
		return this.both.events.newest(link).orElseThrow();
	}

	private SyncEvent run(String link, String... parameters) throws Exception {
		SyncEvent event = this.both.run(this.both.one, link, parameters);
		stamp();
		return this.both.events.find(event.id()).orElseThrow();
	}

	/** Both look for what is due, and start it. */
	private void look() {
		this.both.one.tick().awaitRuns();
		stamp();
		this.both.other.tick().awaitRuns();
		stamp();
	}

	/** Has runs end at the time that the test has set. */
	private void stamp() {
		this.both.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET END_TIME = ? WHERE JOB_EXECUTION_ID > ? AND END_TIME > ?",
				Timestamp.from(this.both.clock.get()), this.stamped, Timestamp.from(Instant.EPOCH));
		Long last = this.both.jdbc.queryForObject("SELECT MAX(JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION", Long.class);
		this.stamped = (last != null) ? last : 0;
	}

	private void stop(SyncEvent event) throws Exception {
		this.both.other.bean(JobOperator.class).stop(execution(event));
	}

	private JobExecution execution(SyncEvent event) {
		return this.both.other.bean(JobRepository.class)
			.getJobExecution(event.attempts().get(event.attempts().size() - 1).jobExecutionId());
	}

	@Test
	void failedRunIsReplayedWhenTheWaitIsOver() throws Exception {
		SyncEvent failed = run("people");
		assertThat(failed.success()).isFalse();
		look();
		this.both.passes(WAIT.minusSeconds(1));
		look();
		assertThat(this.both.runs("people")).hasSize(1);
		this.both.stage.accept(BAD);
		this.both.passes(Duration.ofSeconds(1));
		look();
		assertThat(this.both.runs("people")).hasSize(2).last().satisfies((replay) -> {
			assertThat(replay.trigger()).isEqualTo("auto-replay");
			assertThat(replay.replayOf()).isEqualTo(failed.id());
			assertThat(replay.success()).isTrue();
			assertThat(replay.records().written()).isEqualTo(1);
		});
		this.both.passes(Duration.ofHours(9));
		look();
		assertThat(this.both.runs("people")).as("after a replay that was successful").hasSize(2);
		assertThat(this.both.events.lastSuccess("people").sync()).as("a replay moves no window").isNull();
	}

	@Test
	void eachReplayRetriesWhatThePreviousOneLeftAndWaitsTwiceAsLong() throws Exception {
		run("people");
		look();
		for (int number = 1; number <= 3; number++) {
			this.both.passes(WAIT.multipliedBy(1L << (number - 1)).minusSeconds(1));
			look();
			assertThat(this.both.runs("people")).hasSize(number);
			this.both.passes(Duration.ofSeconds(1));
			look();
			assertThat(this.both.runs("people")).hasSize(number + 1);
			look();
		}
		this.both.passes(Duration.ofHours(9));
		look();
		List<SyncEvent> runs = this.both.runs("people");
		assertThat(runs).extracting(SyncEvent::trigger)
			.containsExactly("api", "auto-replay", "auto-replay", "auto-replay");
		assertThat(runs).extracting(SyncEvent::replayOf)
			.containsExactly(null, runs.get(0).id(), runs.get(1).id(), runs.get(2).id());
		assertThat(runs).noneMatch(SyncEvent::success);
	}

	@Test
	void oneOfTwoProcessesStartsTheReplay() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		for (int round = 1; round <= 5; round++) {
			run("single");
			look();
			this.both.passes(WAIT);
			Callable<Replica> first = this.both.one::tick;
			Callable<Replica> second = this.both.other::tick;
			threads.invokeAll(List.of(first, second));
			this.both.one.awaitRuns();
			this.both.other.awaitRuns();
			look();
			assertThat(this.both.runs("single")).hasSize(2 * round);
		}
		threads.shutdown();
	}

	@Test
	void replayIsNotStartedAgainByAProcessThatIsLate() throws Exception {
		run("people");
		look();
		this.both.passes(WAIT);
		this.both.other.tickSlowly();
		this.both.one.tick().awaitRuns();
		this.both.other.awaitRuns();
		assertThat(this.both.runs("people")).hasSize(2);
	}

	@Test
	void processThatDiesWhileTheReplayWaitsLosesNothing() throws Exception {
		SyncEvent failed = run("people");
		this.both.one.tick();
		this.both.one.restart();
		this.both.passes(WAIT);
		this.both.one.tick().awaitRuns();
		this.both.one.tick().awaitRuns();
		this.both.passes(WAIT);
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("people")).extracting(SyncEvent::replayOf).containsExactly(null, failed.id());
	}

	@Test
	void runThatFailedBeforeAnyProcessServedIsReplayed() throws Exception {
		this.both.jdbc.update("DELETE FROM SYNC_SLOT");
		SyncEvent failed = run("people");
		// as an earlier version left it, which waited in the process of the run
		this.both.jdbc.update("UPDATE SYNC_LEASE SET REPLAY_UNTIL = '2026-01-01 00:00:00'");
		this.both.one.restart().tick();
		this.both.passes(WAIT);
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("people")).extracting(SyncEvent::replayOf).containsExactly(null, failed.id());
	}

	@Test
	void stopOfTheFailedRunPreventsItsReplay() throws Exception {
		SyncEvent failed = run("people");
		look();
		stop(failed);
		this.both.passes(WAIT);
		look();
		assertThat(this.both.runs("people")).hasSize(1);
		assertThat(newest("people").status()).isEqualTo(Status.COMPLETED);
		assertThatExceptionOfType(JobExecutionNotRunningException.class).isThrownBy(() -> stop(failed))
			.withMessageContaining("no replay waits to follow it");
	}

	@Test
	void stopPreventsAReplayThatIsAboutToStart() throws Exception {
		SyncEvent failed = run("people");
		look();
		this.both.passes(WAIT);
		this.both.one.tickSlowly();
		stop(failed);
		this.both.one.awaitRuns();
		look();
		assertThat(this.both.runs("people")).hasSize(1);
	}

	@Test
	void stopPreventsTheReplayAlsoBeforeAnyProcessServed() throws Exception {
		this.both.jdbc.update("DELETE FROM SYNC_SLOT");
		stop(run("people"));
		this.both.one.restart().tick();
		this.both.passes(WAIT);
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("people")).hasSize(1);
	}

	@Test
	void stopOfARunThatHasNoReplayIsRefused() throws Exception {
		SyncEvent never = run("never");
		assertThatExceptionOfType(JobExecutionNotRunningException.class).isThrownBy(() -> stop(never));
		SyncEvent older = run("people");
		run("people");
		assertThatExceptionOfType(JobExecutionNotRunningException.class).isThrownBy(() -> stop(older));
	}

	@Test
	void stopThatCameInTheLastMomentOfTheRunPreventsTheReplayToo() throws Exception {
		SyncEvent failed = run("people");
		this.both.jdbc.update("UPDATE SYNC_LEASE SET STOP_REQUESTED = TRUE WHERE JOB_INSTANCE_ID = ?", failed.id());
		look();
		this.both.passes(WAIT);
		look();
		assertThat(this.both.runs("people")).hasSize(1);
	}

	@Test
	void failedRunThatIsRestartedIsFollowedByAReplayAgain() throws Exception {
		SyncEvent failed = run("people");
		look();
		stop(failed);
		this.both.one.bean(JobOperator.class).restart(execution(failed));
		look();
		this.both.passes(WAIT);
		look();
		assertThat(this.both.runs("people")).extracting(SyncEvent::replayOf).containsExactly(null, failed.id());
	}

	@Test
	void anotherRunMakesTheReplayNeedless() throws Exception {
		run("people");
		look();
		this.both.passes(WAIT);
		this.both.one.tickSlowly();
		this.both.stage.accept(BAD);
		assertThat(run("people").success()).isTrue();
		this.both.one.awaitRuns();
		look();
		this.both.passes(WAIT);
		look();
		assertThat(this.both.runs("people")).extracting(SyncEvent::trigger).containsExactly("api", "api");
	}

	@Test
	void replayOfARunBeforeAnotherFailedOneIsNotStarted() throws Exception {
		run("people");
		look();
		this.both.passes(WAIT);
		this.both.one.tickSlowly();
		SyncEvent second = run("people", "mode", "FULL");
		this.both.one.awaitRuns();
		assertThat(this.both.runs("people")).hasSize(2);
		look();
		this.both.passes(WAIT);
		look();
		assertThat(this.both.runs("people")).last().extracting(SyncEvent::replayOf).isEqualTo(second.id());
	}

	@Test
	void scheduledRunThatIsDueTooMakesTheReplayNeedless() throws Exception {
		this.both.clock.set(Instant.parse("2027-01-01T02:59:30Z"));
		this.both.one.restart();
		run("scheduled");
		this.both.one.tick();
		this.both.passes(WAIT);
		this.both.stage.accept(BAD);
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("scheduled")).extracting(SyncEvent::trigger).containsExactly("api", "schedule");
	}

	@Test
	void nothingFollowsARunThatWasSuccessfulAbortedATestingRunOrAReplayByAPerson() throws Exception {
		assertThat(run("people", "testing", "true").success()).isFalse();
		SyncEvent failed = run("single");
		run("single", "mode", "REPLAY", "replayOf", String.valueOf(failed.id()));
		this.both.stage.offline("resumed");
		assertThat(run("resumed").status()).isEqualTo(Status.ABORTED);
		run("never");
		this.both.stage.accept(BAD);
		run("scheduled");
		int before = this.both.stage.delivering().size();
		look();
		this.both.passes(Duration.ofHours(2));
		look();
		assertThat(this.both.stage.delivering()).hasSize(before);
		assertThat(this.both.runs("single")).hasSize(2);
	}

	@Test
	void replayThatCrashedIsStartedAgain() throws Exception {
		SyncEvent failed = run("single");
		look();
		this.both.passes(WAIT);
		look();
		this.both.kill(newest("single"));
		look();
		this.both.stage.accept(BAD);
		this.both.passes(WAIT);
		look();
		assertThat(this.both.runs("single")).extracting(SyncEvent::status)
			.containsExactly(Status.COMPLETED, Status.CRASHED, Status.COMPLETED);
		assertThat(this.both.runs("single")).extracting(SyncEvent::replayOf)
			.containsExactly(null, failed.id(), failed.id());
		assertThat(newest("single").success()).isTrue();
	}

	@Test
	void replayThatKillsItsProcessEachTimeIsNotStartedForever() throws Exception {
		run("single");
		look();
		for (int crash = 1; crash <= 5; crash++) {
			this.both.passes(Duration.ofHours(1));
			look();
			SyncEvent newest = newest("single");
			if (newest.replayOf() != null && newest.status() == Status.COMPLETED) {
				this.both.kill(newest);
			}
			look();
		}
		assertThat(this.both.runs("single")).extracting(SyncEvent::status)
			.containsExactly(Status.COMPLETED, Status.CRASHED, Status.CRASHED, Status.CRASHED);
	}

	@Test
	void replayThatCrashedIsResumedWhereCrashedRunsAre() throws Exception {
		run("resumed");
		look();
		this.both.passes(WAIT);
		look();
		this.both.kill(newest("resumed"));
		this.both.stage.accept(BAD);
		look();
		assertThat(this.both.runs("resumed")).hasSize(2).last().satisfies((replay) -> {
			assertThat(replay.attempts()).hasSize(2);
			assertThat(replay.success()).isTrue();
		});
		this.both.passes(Duration.ofHours(1));
		look();
		assertThat(this.both.runs("resumed")).hasSize(2);
	}

	@Test
	void replayThatEndsWithItsProcessIsStartedAgain() throws Exception {
		beginReplay();
		this.both.one.bean(ActiveRuns.class).find("single").orElseThrow().requestStop();
		this.both.stage.releaseDelivery("single");
		this.both.one.awaitRuns();
		stamp();
		assertThat(newest("single").status()).isEqualTo(Status.STOPPED);
		look();
		this.both.passes(WAIT);
		look();
		long failed = this.both.runs("single").get(0).id();
		assertThat(this.both.runs("single")).extracting(SyncEvent::replayOf).containsExactly(null, failed, failed);
	}

	@Test
	void replayThatAPersonStopsIsNot() throws Exception {
		beginReplay();
		stop(newest("single"));
		ActiveRuns live = this.both.one.bean(ActiveRuns.class);
		TwoReplicas.await(() -> live.find("single").orElseThrow().ending().mustEnd());
		this.both.stage.releaseDelivery("single");
		this.both.one.awaitRuns();
		assertThat(newest("single").status()).isEqualTo(Status.STOPPED);
		look();
		this.both.passes(WAIT);
		look();
		assertThat(this.both.runs("single")).hasSize(2);
	}

	/** One of two batches of rejects is on its way. */
	private void beginReplay() throws Exception {
		this.both.stage.records("single", 400);
		IntStream.range(0, 150).forEach(this.both.stage::refuse);
		run("single");
		look();
		this.both.stage.holdDelivery("single");
		int before = this.both.stage.delivering().size();
		this.both.passes(WAIT);
		this.both.one.tick();
		TwoReplicas.await(() -> this.both.stage.delivering().size() > before);
	}

	@Test
	void nothingIsStartedWhereNothingIsLeft() throws Exception {
		SyncEvent failed = run("people");
		look();
		Rejects rejects = this.both.one.bean(RunTables.class).rejects();
		this.both.one.bean(RunTransactions.class)
			.run(() -> rejects.waiting("people", 10).forEach((reject) -> rejects.discard(reject.id())));
		this.both.passes(WAIT);
		look();
		long token = token("people");
		look();
		assertThat(token("people")).as("the Link is not acquired each second").isEqualTo(token);
		assertThat(this.both.runs("people")).hasSize(1);
		assertThatExceptionOfType(JobExecutionNotRunningException.class).isThrownBy(() -> stop(failed));
	}

	@Test
	void replayThatIsRefusedIsGivenUp() throws Exception {
		run("people");
		look();
		this.both.stage.move("people", "elsewhere");
		this.both.passes(WAIT);
		look();
		long token = token("people");
		this.both.passes(Duration.ofHours(1));
		look();
		assertThat(token("people")).isEqualTo(token);
		assertThat(this.both.runs("people")).hasSize(1);
	}

	private long token(String link) {
		return this.both.jdbc.queryForObject("SELECT TOKEN FROM SYNC_LEASE WHERE LINK = ?", Long.class, link);
	}

	@Test
	void replayCountsAmongTheRunsThatAProcessMayHave() throws Exception {
		run("people");
		this.both.one.tick();
		this.both.passes(WAIT);
		this.both.stage.hold("never");
		this.both.stage.hold("single");
		ExecutorService threads = Executors.newFixedThreadPool(2);
		threads.submit(() -> run("never"));
		threads.submit(() -> run("single"));
		TwoReplicas.await(() -> this.both.one.bean(ActiveRuns.class).links().size() == 2);
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("people")).hasSize(1);
		this.both.stage.release("never");
		TwoReplicas.await(() -> this.both.one.bean(ActiveRuns.class).links().size() == 1);
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("people")).hasSize(2);
		this.both.stage.release("single");
		threads.shutdown();
		assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
	}

}
