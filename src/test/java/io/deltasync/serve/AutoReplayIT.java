package io.deltasync.serve;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.JobTables;
import io.deltasync.testing.Stage;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.JdbcTemplate;

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

	private final Stage stage = new Stage();

	private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);

	private Replica one;

	private Replica other;

	private JdbcTemplate jdbc;

	private SyncEvents events;

	/** The newest execution whose end was set to the time of the test. */
	private long stamped;

	@BeforeParameterizedClassInvocation
	void start() {
		String schema = this.database.createSchema();
		this.one = replica(schema);
		this.other = replica(schema);
		this.jdbc = this.one.bean(JdbcTemplate.class);
		this.events = this.one.bean(SyncEvents.class);
		this.stamped = 0;
	}

	private Replica replica(String schema) {
		return new Replica(this.database, schema, this.stage, LINKS, this.clock, 2,
				"deltasync.links.people.auto-replay=3", "deltasync.links.people.auto-replay-after=1m",
				"deltasync.links.single.auto-replay=1", "deltasync.links.single.auto-replay-after=1m",
				"deltasync.links.resumed.auto-replay=1", "deltasync.links.resumed.auto-replay-after=1m",
				"deltasync.links.resumed.resume-crashed=true", "deltasync.links.scheduled.auto-replay=3",
				"deltasync.links.scheduled.auto-replay-after=1m", "deltasync.links.scheduled.schedule=0 0 3 1 1 *");
	}

	@AfterParameterizedClassInvocation
	void stop() {
		for (Replica replica : new Replica[] { this.one, this.other }) {
			if (replica != null) {
				replica.close();
			}
		}
	}

	@BeforeEach
	void forget() {
		this.stage.clear();
		this.one.awaitRuns();
		this.other.awaitRuns();
		JobTables.empty(this.jdbc);
		this.stage.clear();
		LINKS.forEach((link) -> this.stage.records(link, 5));
		this.stage.refuse(BAD);
		this.clock.set(Instant.now());
		this.one.restart();
		this.other.restart();
	}

	private void passes(Duration time) {
		this.clock.updateAndGet((now) -> now.plus(time));
	}

	private List<SyncEvent> runs(String link) {
		List<SyncEvent> runs = new ArrayList<>(this.events.newest(link, 100));
		Collections.reverse(runs);
		return runs;
	}

	private SyncEvent newest(String link) {
		return this.events.newest(link).orElseThrow();
	}

	private SyncEvent run(String link, String... parameters) throws Exception {
		JobParametersBuilder given = new JobParametersBuilder(new JobParameters());
		for (int i = 0; i < parameters.length; i += 2) {
			given.addString(parameters[i], parameters[i + 1], false);
		}
		long event = this.one.bean(JobOperator.class)
			.start(this.one.bean(JobRegistry.class).getJob(link), given.toJobParameters())
			.getJobInstanceId();
		stamp();
		return this.events.find(event).orElseThrow();
	}

	/** Both look for what is due, and start it. */
	private void look() {
		this.one.tick().awaitRuns();
		stamp();
		this.other.tick().awaitRuns();
		stamp();
	}

	/** Has runs end at the time that the test has set. */
	private void stamp() {
		this.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET END_TIME = ? WHERE JOB_EXECUTION_ID > ? AND END_TIME > ?",
				Timestamp.from(this.clock.get()), this.stamped, Timestamp.from(Instant.EPOCH));
		Long last = this.jdbc.queryForObject("SELECT MAX(JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION", Long.class);
		this.stamped = (last != null) ? last : 0;
	}

	private void stop(SyncEvent event) throws Exception {
		this.other.bean(JobOperator.class).stop(execution(event));
	}

	private JobExecution execution(SyncEvent event) {
		return this.other.bean(JobRepository.class)
			.getJobExecution(event.attempts().get(event.attempts().size() - 1).jobExecutionId());
	}

	/** Makes a run look as if its process had died before it could say so. */
	private void kill(SyncEvent event) {
		long last = event.attempts().get(event.attempts().size() - 1).jobExecutionId();
		this.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', EXIT_CODE = 'UNKNOWN', END_TIME = NULL "
				+ "WHERE JOB_EXECUTION_ID = ?", last);
		this.jdbc.update(
				"UPDATE SYNC_LEASE SET ACQUIRED_AT = '2026-01-01 00:00:00', EXPIRES_AT = '2026-01-01 00:01:00' WHERE LINK = ?",
				event.link());
	}

	/** Waits for what another thread does; only what is asked decides how long. */
	private static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("did not happen within a minute");
			}
			LockSupport.parkNanos(5_000_000);
		}
	}

	@Test
	void failedRunIsReplayedWhenTheWaitIsOver() throws Exception {
		SyncEvent failed = run("people");
		assertThat(failed.success()).isFalse();
		look();
		passes(WAIT.minusSeconds(1));
		look();
		assertThat(runs("people")).hasSize(1);
		this.stage.accept(BAD);
		passes(Duration.ofSeconds(1));
		look();
		assertThat(runs("people")).hasSize(2).last().satisfies((replay) -> {
			assertThat(replay.trigger()).isEqualTo("auto-replay");
			assertThat(replay.replayOf()).isEqualTo(failed.id());
			assertThat(replay.success()).isTrue();
			assertThat(replay.records().written()).isEqualTo(1);
		});
		passes(Duration.ofHours(9));
		look();
		assertThat(runs("people")).as("after a replay that was successful").hasSize(2);
		assertThat(this.events.lastSuccess("people").sync()).as("a replay moves no window").isNull();
	}

	@Test
	void eachReplayRetriesWhatThePreviousOneLeftAndWaitsTwiceAsLong() throws Exception {
		run("people");
		look();
		for (int number = 1; number <= 3; number++) {
			passes(WAIT.multipliedBy(1L << (number - 1)).minusSeconds(1));
			look();
			assertThat(runs("people")).hasSize(number);
			passes(Duration.ofSeconds(1));
			look();
			assertThat(runs("people")).hasSize(number + 1);
			look();
		}
		passes(Duration.ofHours(9));
		look();
		List<SyncEvent> runs = runs("people");
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
			passes(WAIT);
			Callable<Replica> first = this.one::tick;
			Callable<Replica> second = this.other::tick;
			threads.invokeAll(List.of(first, second));
			this.one.awaitRuns();
			this.other.awaitRuns();
			look();
			assertThat(runs("single")).hasSize(2 * round);
		}
		threads.shutdown();
	}

	@Test
	void replayIsNotStartedAgainByAProcessThatIsLate() throws Exception {
		run("people");
		look();
		passes(WAIT);
		this.other.tickSlowly();
		this.one.tick().awaitRuns();
		this.other.awaitRuns();
		assertThat(runs("people")).hasSize(2);
	}

	@Test
	void processThatDiesWhileTheReplayWaitsLosesNothing() throws Exception {
		SyncEvent failed = run("people");
		this.one.tick();
		this.one.restart();
		passes(WAIT);
		this.one.tick().awaitRuns();
		this.one.tick().awaitRuns();
		passes(WAIT);
		this.one.tick().awaitRuns();
		assertThat(runs("people")).extracting(SyncEvent::replayOf).containsExactly(null, failed.id());
	}

	@Test
	void runThatFailedBeforeAnyProcessServedIsReplayed() throws Exception {
		this.jdbc.update("DELETE FROM SYNC_SLOT");
		SyncEvent failed = run("people");
		// as an earlier version left it, which waited in the process of the run
		this.jdbc.update("UPDATE SYNC_LEASE SET REPLAY_UNTIL = '2026-01-01 00:00:00'");
		this.one.restart().tick();
		passes(WAIT);
		this.one.tick().awaitRuns();
		assertThat(runs("people")).extracting(SyncEvent::replayOf).containsExactly(null, failed.id());
	}

	@Test
	void stopOfTheFailedRunPreventsItsReplay() throws Exception {
		SyncEvent failed = run("people");
		look();
		stop(failed);
		passes(WAIT);
		look();
		assertThat(runs("people")).hasSize(1);
		assertThat(newest("people").status()).isEqualTo(Status.COMPLETED);
		assertThatExceptionOfType(JobExecutionNotRunningException.class).isThrownBy(() -> stop(failed))
			.withMessageContaining("no replay waits to follow it");
	}

	@Test
	void stopPreventsAReplayThatIsAboutToStart() throws Exception {
		SyncEvent failed = run("people");
		look();
		passes(WAIT);
		this.one.tickSlowly();
		stop(failed);
		this.one.awaitRuns();
		look();
		assertThat(runs("people")).hasSize(1);
	}

	@Test
	void stopPreventsTheReplayAlsoBeforeAnyProcessServed() throws Exception {
		this.jdbc.update("DELETE FROM SYNC_SLOT");
		stop(run("people"));
		this.one.restart().tick();
		passes(WAIT);
		this.one.tick().awaitRuns();
		assertThat(runs("people")).hasSize(1);
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
		this.jdbc.update("UPDATE SYNC_LEASE SET STOP_REQUESTED = TRUE WHERE JOB_INSTANCE_ID = ?", failed.id());
		look();
		passes(WAIT);
		look();
		assertThat(runs("people")).hasSize(1);
	}

	@Test
	void failedRunThatIsRestartedIsFollowedByAReplayAgain() throws Exception {
		SyncEvent failed = run("people");
		look();
		stop(failed);
		this.one.bean(JobOperator.class).restart(execution(failed));
		look();
		passes(WAIT);
		look();
		assertThat(runs("people")).extracting(SyncEvent::replayOf).containsExactly(null, failed.id());
	}

	@Test
	void anotherRunMakesTheReplayNeedless() throws Exception {
		run("people");
		look();
		passes(WAIT);
		this.one.tickSlowly();
		this.stage.accept(BAD);
		assertThat(run("people").success()).isTrue();
		this.one.awaitRuns();
		look();
		passes(WAIT);
		look();
		assertThat(runs("people")).extracting(SyncEvent::trigger).containsExactly("api", "api");
	}

	@Test
	void replayOfARunBeforeAnotherFailedOneIsNotStarted() throws Exception {
		run("people");
		look();
		passes(WAIT);
		this.one.tickSlowly();
		SyncEvent second = run("people", "mode", "FULL");
		this.one.awaitRuns();
		assertThat(runs("people")).hasSize(2);
		look();
		passes(WAIT);
		look();
		assertThat(runs("people")).last().extracting(SyncEvent::replayOf).isEqualTo(second.id());
	}

	@Test
	void scheduledRunThatIsDueTooMakesTheReplayNeedless() throws Exception {
		this.clock.set(Instant.parse("2027-01-01T02:59:30Z"));
		this.one.restart();
		run("scheduled");
		this.one.tick();
		passes(WAIT);
		this.stage.accept(BAD);
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("scheduled")).extracting(SyncEvent::trigger).containsExactly("api", "schedule");
	}

	@Test
	void nothingFollowsARunThatWasSuccessfulAbortedATestingRunOrAReplayByAPerson() throws Exception {
		assertThat(run("people", "testing", "true").success()).isFalse();
		SyncEvent failed = run("single");
		run("single", "mode", "REPLAY", "replayOf", String.valueOf(failed.id()));
		this.stage.offline("resumed");
		assertThat(run("resumed").status()).isEqualTo(Status.ABORTED);
		run("never");
		this.stage.accept(BAD);
		run("scheduled");
		int before = this.stage.delivering().size();
		look();
		passes(Duration.ofHours(2));
		look();
		assertThat(this.stage.delivering()).hasSize(before);
		assertThat(runs("single")).hasSize(2);
	}

	@Test
	void replayThatCrashedIsStartedAgain() throws Exception {
		SyncEvent failed = run("single");
		look();
		passes(WAIT);
		look();
		kill(newest("single"));
		look();
		this.stage.accept(BAD);
		passes(WAIT);
		look();
		assertThat(runs("single")).extracting(SyncEvent::status)
			.containsExactly(Status.COMPLETED, Status.CRASHED, Status.COMPLETED);
		assertThat(runs("single")).extracting(SyncEvent::replayOf).containsExactly(null, failed.id(), failed.id());
		assertThat(newest("single").success()).isTrue();
	}

	@Test
	void replayThatKillsItsProcessEachTimeIsNotStartedForever() throws Exception {
		run("single");
		look();
		for (int crash = 1; crash <= 5; crash++) {
			passes(Duration.ofHours(1));
			look();
			SyncEvent newest = newest("single");
			if (newest.replayOf() != null && newest.status() == Status.COMPLETED) {
				kill(newest);
			}
			look();
		}
		assertThat(runs("single")).extracting(SyncEvent::status)
			.containsExactly(Status.COMPLETED, Status.CRASHED, Status.CRASHED, Status.CRASHED);
	}

	@Test
	void replayThatCrashedIsResumedWhereCrashedRunsAre() throws Exception {
		run("resumed");
		look();
		passes(WAIT);
		look();
		kill(newest("resumed"));
		this.stage.accept(BAD);
		look();
		assertThat(runs("resumed")).hasSize(2).last().satisfies((replay) -> {
			assertThat(replay.attempts()).hasSize(2);
			assertThat(replay.success()).isTrue();
		});
		passes(Duration.ofHours(1));
		look();
		assertThat(runs("resumed")).hasSize(2);
	}

	@Test
	void replayThatEndsWithItsProcessIsStartedAgain() throws Exception {
		beginReplay();
		this.one.bean(ActiveRuns.class).find("single").orElseThrow().requestStop();
		this.stage.releaseDelivery("single");
		this.one.awaitRuns();
		stamp();
		assertThat(newest("single").status()).isEqualTo(Status.STOPPED);
		look();
		passes(WAIT);
		look();
		long failed = runs("single").get(0).id();
		assertThat(runs("single")).extracting(SyncEvent::replayOf).containsExactly(null, failed, failed);
	}

	@Test
	void replayThatAPersonStopsIsNot() throws Exception {
		beginReplay();
		stop(newest("single"));
		ActiveRuns live = this.one.bean(ActiveRuns.class);
		await(() -> live.find("single").orElseThrow().ending().mustEnd());
		this.stage.releaseDelivery("single");
		this.one.awaitRuns();
		assertThat(newest("single").status()).isEqualTo(Status.STOPPED);
		look();
		passes(WAIT);
		look();
		assertThat(runs("single")).hasSize(2);
	}

	/** One of two batches of rejects is on its way. */
	private void beginReplay() throws Exception {
		this.stage.records("single", 400);
		IntStream.range(0, 150).forEach(this.stage::refuse);
		run("single");
		look();
		this.stage.holdDelivery("single");
		int before = this.stage.delivering().size();
		passes(WAIT);
		this.one.tick();
		await(() -> this.stage.delivering().size() > before);
	}

	@Test
	void nothingIsStartedWhereNothingIsLeft() throws Exception {
		SyncEvent failed = run("people");
		look();
		Rejects rejects = this.one.bean(RunTables.class).rejects();
		this.one.bean(RunTransactions.class)
			.run(() -> rejects.waiting("people", 10).forEach((reject) -> rejects.discard(reject.id())));
		passes(WAIT);
		look();
		long token = token("people");
		look();
		assertThat(token("people")).as("the Link is not acquired each second").isEqualTo(token);
		assertThat(runs("people")).hasSize(1);
		assertThatExceptionOfType(JobExecutionNotRunningException.class).isThrownBy(() -> stop(failed));
	}

	@Test
	void replayThatIsRefusedIsGivenUp() throws Exception {
		run("people");
		look();
		this.stage.move("people", "elsewhere");
		passes(WAIT);
		look();
		long token = token("people");
		passes(Duration.ofHours(1));
		look();
		assertThat(token("people")).isEqualTo(token);
		assertThat(runs("people")).hasSize(1);
	}

	private long token(String link) {
		return this.jdbc.queryForObject("SELECT TOKEN FROM SYNC_LEASE WHERE LINK = ?", Long.class, link);
	}

	@Test
	void replayCountsAmongTheRunsThatAProcessMayHave() throws Exception {
		run("people");
		this.one.tick();
		passes(WAIT);
		this.stage.hold("never");
		this.stage.hold("single");
		ExecutorService threads = Executors.newFixedThreadPool(2);
		threads.submit(() -> run("never"));
		threads.submit(() -> run("single"));
		await(() -> this.one.bean(ActiveRuns.class).links().size() == 2);
		this.one.tick().awaitRuns();
		assertThat(runs("people")).hasSize(1);
		this.stage.release("never");
		await(() -> this.one.bean(ActiveRuns.class).links().size() == 1);
		this.one.tick().awaitRuns();
		assertThat(runs("people")).hasSize(2);
		this.stage.release("single");
		threads.shutdown();
		assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
	}

}
