package io.deltasync.serve;

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

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.Slots;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.start.FullRuns;
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
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What runs by itself, when, and how often, with two processes that share a database.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServeIT {

	private static final List<String> LINKS = List.of("daily", "hourly", "after", "resumed", "manual", "yearly",
			"origin", "changes");

	private static final Instant EVENING = Instant.parse("2026-11-20T20:30:00Z");

	@Parameter
	private TestDatabase database;

	private final Stage stage = new Stage();

	private final AtomicReference<Instant> clock = new AtomicReference<>(EVENING);

	private Replica one;

	private Replica other;

	private JdbcTemplate jdbc;

	private SyncEvents events;

	@BeforeParameterizedClassInvocation
	void start() {
		String schema = this.database.createSchema();
		this.one = replica(schema);
		this.other = replica(schema);
		this.jdbc = this.one.bean(JdbcTemplate.class);
		this.events = this.one.bean(SyncEvents.class);
	}

	private Replica replica(String schema) {
		return new Replica(this.database, schema, this.stage, LINKS, this.clock, 2,
				"deltasync.links.daily.schedule=0 0 3 * * *", "deltasync.links.hourly.schedule.cron=0 0 * * * *",
				"deltasync.links.hourly.schedule.zone=Asia/Kolkata", "deltasync.links.after.run-after=daily",
				"deltasync.links.resumed.resume-crashed=true", "deltasync.links.resumed.schedule=0 0 4 1 1 *",
				"deltasync.links.yearly.full-schedule=0 0 5 1 1 *", "deltasync.links.changes.run-after.link=origin",
				"deltasync.links.changes.run-after.only-changes=true");
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
		this.clock.set(EVENING);
	}

	private void open() {
		this.one.restart();
		this.other.restart();
	}

	private void passes(Duration time) {
		this.clock.updateAndGet((now) -> now.plus(time));
	}

	/** To 3:30 at night. */
	private void nightPasses() {
		passes(Duration.ofHours(7));
	}

	private List<SyncEvent> runs(String link) {
		List<SyncEvent> runs = new ArrayList<>(this.events.newest(link, 100));
		Collections.reverse(runs);
		return runs;
	}

	private SyncEvent run(String link, String... parameters) throws Exception {
		JobParametersBuilder given = new JobParametersBuilder(new JobParameters());
		for (int i = 0; i < parameters.length; i += 2) {
			given.addString(parameters[i], parameters[i + 1], false);
		}
		long event = this.one.bean(JobOperator.class)
			.start(this.one.bean(JobRegistry.class).getJob(link), given.toJobParameters())
			.getJobInstanceId();
		return this.events.find(event).orElseThrow();
	}

	/** Waits for what another thread does; only what is asked decides how long. */
	private static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("waited a minute in vain");
			}
			LockSupport.parkNanos(5_000_000);
		}
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

	@Test
	void aSlotIsRunOnceWhicheverProcessIsTheFirst() throws Exception {
		open();
		ExecutorService threads = Executors.newFixedThreadPool(2);
		for (int slot = 1; slot <= 10; slot++) {
			passes(Duration.ofHours(1));
			Callable<Replica> first = this.one::tick;
			Callable<Replica> second = this.other::tick;
			threads.invokeAll(List.of(first, second));
			this.one.awaitRuns().tick().awaitRuns();
			this.other.awaitRuns().tick().awaitRuns();
			assertThat(runs("hourly")).hasSize(slot);
		}
		threads.shutdown();
		assertThat(runs("hourly")).allSatisfy((run) -> {
			assertThat(run.success()).isTrue();
			assertThat(run.trigger()).isEqualTo("schedule");
			assertThat(run.mode()).isEqualTo(Mode.DELTA);
		});
	}

	@Test
	void aSlotThatAnotherProcessRanMeanwhileIsNotRunAgain() throws Exception {
		open();
		nightPasses();
		this.other.tickSlowly();
		this.one.tick().awaitRuns();
		this.other.awaitRuns().tick().awaitRuns();
		assertThat(runs("daily")).hasSize(1);
		assertThat(runs("hourly")).hasSize(1);
		run("daily");
		this.other.tickSlowly();
		this.one.tick().awaitRuns();
		this.other.awaitRuns().tick().awaitRuns();
		assertThat(runs("after")).hasSize(2).extracting(SyncEvent::trigger).containsOnly("run-after");
	}

	@Test
	void changedLinkIsAskedForOnceAMinuteAndRunsWhenAPersonHasDecided() throws Exception {
		open();
		SyncEvent before = run("daily");
		this.stage.move("daily", "elsewhere");
		nightPasses();
		this.one.tick().awaitRuns();
		this.stage.clearIdentityCalls();
		for (int second = 1; second < 60; second++) {
			passes(Duration.ofSeconds(1));
			this.one.tick().awaitRuns();
		}
		assertThat(this.stage.identityCalls()).doesNotContain("daily");
		assertThat(runs("daily")).extracting(SyncEvent::id).containsExactly(before.id());
		assertThat(runs("hourly")).as("no other Link waits for it").hasSize(1);
		run("daily", "mode", "SET", "keep", "true");
		passes(Duration.ofSeconds(1));
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("daily")).extracting(SyncEvent::trigger).containsExactly("api", "api", "schedule");
		assertThat(runs("daily")).allMatch(SyncEvent::success);
	}

	@Test
	void slotsAreCountedInTheZoneOfTheSchedule() {
		this.clock.set(Instant.parse("2026-11-20T20:40:00Z"));
		open();
		// a moment before 3 o'clock in India, and 3 o'clock
		this.clock.set(Instant.parse("2026-11-20T21:29:59.999Z"));
		this.one.tick().awaitRuns();
		assertThat(runs("hourly")).isEmpty();
		this.clock.set(Instant.parse("2026-11-20T21:30:00Z"));
		this.one.tick().awaitRuns();
		assertThat(runs("hourly")).hasSize(1);
	}

	@Test
	void slotsMissedWithoutAProcessAreOneRun() {
		open();
		passes(Duration.ofDays(3));
		this.one.restart().tick().awaitRuns().tick().awaitRuns();
		this.other.restart().tick().awaitRuns();
		assertThat(runs("daily")).hasSize(1);
		assertThat(runs("hourly")).hasSize(1);
		passes(Duration.ofDays(1));
		this.other.tick().awaitRuns();
		assertThat(runs("daily")).hasSize(2);
	}

	@Test
	void slotsBeforeTheScheduleExistedAreNotRun() {
		this.clock.set(Instant.parse("2026-11-20T14:00:00Z"));
		open();
		this.one.tick().awaitRuns();
		assertThat(this.stage.begun()).isEmpty();
	}

	@Test
	void slotsAreCountedFromTheChangeOfASchedule() {
		Slots slots = this.one.bean(Slots.class);
		Instant later = EVENING.plusSeconds(60);
		assertThat(slots.open("daily", "schedule", "old", EVENING)).isEqualTo(EVENING);
		assertThat(slots.open("daily", "schedule", "old", later)).isEqualTo(EVENING);
		assertThat(slots.open("daily", "schedule", "new", later)).isEqualTo(later);
		assertThat(slots.open("daily", "run-after", "new", EVENING)).isEqualTo(EVENING);
	}

	@Test
	void slotsDuringARunAreOneRunRightAfterIt() {
		open();
		this.stage.hold("daily");
		nightPasses();
		this.one.tick();
		await(() -> this.stage.begun().contains("daily"));
		passes(Duration.ofDays(2));
		this.one.tick();
		this.other.tick().awaitRuns();
		assertThat(runs("daily")).hasSize(1);
		this.stage.release("daily");
		this.one.awaitRuns();
		this.other.tick().awaitRuns();
		this.one.tick().awaitRuns();
		assertThat(runs("daily")).hasSize(2).allMatch(SyncEvent::success);
	}

	@Test
	void aSlotWhoseRunFailsIsRun() {
		open();
		this.stage.offline("daily");
		nightPasses();
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("daily")).singleElement().extracting(SyncEvent::status).isEqualTo(Status.ABORTED);
	}

	@Test
	void aSlotWhoseProcessDiedBeforeItsRunWasStoredIsStillThere() {
		open();
		nightPasses();
		this.jdbc.update("INSERT INTO SYNC_LEASE (LINK, TOKEN, HOLDER, ACQUIRED_AT, EXPIRES_AT, STOP_REQUESTED) "
				+ "VALUES ('daily', 1, 'dead', '2026-01-01 00:00:00', '2026-01-01 00:01:00', FALSE)");
		this.one.tick().awaitRuns().tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("daily")).singleElement().extracting(SyncEvent::trigger).isEqualTo("schedule");
	}

	@Test
	void aLinkRunsAfterEachSuccessOfAnotherInAnyProcess() throws Exception {
		open();
		run("daily");
		this.one.tick().awaitRuns();
		this.other.tick().awaitRuns();
		assertThat(runs("after")).singleElement().satisfies((run) -> {
			assertThat(run.trigger()).isEqualTo("run-after");
			assertThat(run.success()).isTrue();
		});
		this.stage.offline("daily");
		run("daily");
		this.one.tick().awaitRuns();
		assertThat(runs("after")).hasSize(1);
		this.stage.online("daily");
		run("daily");
		this.other.tick().awaitRuns();
		this.one.tick().awaitRuns();
		assertThat(runs("after")).hasSize(2);
	}

	@Test
	void fullScheduleStartsFullRuns() {
		open();
		this.clock.set(Instant.parse("2027-01-01T05:00:00Z"));
		// as many at a time as there is room for
		this.one.tick().awaitRuns().tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("yearly")).singleElement().satisfies((run) -> {
			assertThat(run.mode()).isEqualTo(Mode.FULL);
			assertThat(run.trigger()).isEqualTo("full-schedule");
		});
	}

	@Test
	void fullRunIsDueOncePerSlotInAnyProcess() throws Exception {
		Link link = this.one.bean(Links.class).get("yearly");
		FullRuns fullRuns = new FullRuns(this.one.bean(Slots.class), this.clock::get);
		assertThat(fullRuns.due(link)).isEmpty();
		assertThat(fullRuns.due(this.one.bean(Links.class).get("daily"))).isEmpty();
		Instant slot = Instant.parse("2027-01-01T05:00:00Z");
		this.clock.set(slot.plusSeconds(90));
		assertThat(fullRuns.due(link)).contains(slot);
		run("yearly", "mode", "FULL", "trigger", FullRuns.TRIGGER, "slot", slot.toString());
		assertThat(fullRuns.due(link)).isEmpty();
		this.one.restart().tick().awaitRuns();
		assertThat(runs("yearly")).hasSize(1);
	}

	@Test
	void aLinkThatRunsAfterChangesIgnoresRunsThatWroteNothing() throws Exception {
		open();
		run("origin");
		this.one.tick().awaitRuns();
		assertThat(runs("changes")).isEmpty();
		this.stage.records("origin", 3);
		run("origin");
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("changes")).singleElement().extracting(SyncEvent::trigger).isEqualTo("run-after");
	}

	@Test
	void changesOfAFailedRunCountOnceALaterRunIsSuccessful() throws Exception {
		open();
		this.stage.records("origin", 3);
		this.stage.refuse(1);
		assertThat(run("origin").success()).isFalse();
		this.one.tick().awaitRuns();
		assertThat(runs("changes")).isEmpty();
		this.stage.records("origin", 0);
		assertThat(run("origin").success()).isTrue();
		this.one.tick().awaitRuns();
		assertThat(runs("changes")).hasSize(1);
	}

	@Test
	void successesMissedWithoutAProcessAreOneRunOfTheFollowingLink() throws Exception {
		open();
		run("daily");
		run("daily");
		this.one.restart().tick().awaitRuns();
		this.other.restart().tick().awaitRuns();
		assertThat(runs("after")).hasSize(1);
	}

	@Test
	void aSuccessBeforeRunAfterWasConfiguredStartsNoRun() throws Exception {
		run("daily");
		open();
		this.one.tick().awaitRuns();
		assertThat(runs("after")).isEmpty();
	}

	@Test
	void neitherASetWindowNorATestingRunStartsTheFollowingLink() throws Exception {
		open();
		run("daily", "testing", "true");
		this.one.tick().awaitRuns();
		run("daily", "mode", "SET", "setTo", "2026-01-01T00:00:00Z");
		this.one.tick().awaitRuns();
		assertThat(runs("after")).isEmpty();
		run("daily");
		this.one.tick().awaitRuns();
		assertThat(runs("after")).hasSize(1);
	}

	@Test
	void anUnseenSuccessBeforeASetWindowStartsTheFollowingLink() throws Exception {
		open();
		run("daily");
		run("daily", "mode", "SET", "setTo", "2026-01-01T00:00:00Z");
		this.one.tick().awaitRuns();
		assertThat(runs("after")).hasSize(1);
		SyncEvent newest = run("daily");
		run("daily", "mode", "SET", "setTo", "2026-01-02T00:00:00Z");
		run("daily", "mode", "SET", "setTo", "2026-01-03T00:00:00Z");
		this.stage.offline("daily");
		run("daily");
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("after")).hasSize(2);
		assertThat(this.one.bean(Slots.class).find("after", "run-after")).contains(newest.runTimestamp());
	}

	@Test
	void aWholeChainRunsAutomatically() {
		open();
		nightPasses();
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.stage.begun()).containsSubsequence("daily", "after");
	}

	@Test
	void moreLinksThanMayRunAtATimeWaitForTheirTurn() throws Exception {
		open();
		run("daily");
		this.stage.hold("daily");
		this.stage.hold("hourly");
		this.stage.hold("after");
		nightPasses();
		this.one.tick().tick();
		assertThat(this.one.begun()).isEqualTo(2);
		await(() -> this.stage.begun().size() == 3);
		this.one.tick();
		assertThat(this.one.begun()).isEqualTo(2);
		this.stage.clear();
		this.one.awaitRuns().tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("daily")).hasSize(2);
		assertThat(runs("hourly")).hasSize(1);
		assertThat(runs("after")).isNotEmpty();
	}

	@Test
	void aDeadRunOfAScheduledLinkIsRunAgainAndOnlyOnce() {
		open();
		nightPasses();
		this.one.tick().awaitRuns();
		kill(runs("daily").get(0));
		this.other.tick().awaitRuns();
		this.one.tick().awaitRuns();
		assertThat(runs("daily")).hasSize(2);
		assertThat(runs("daily").get(0).status()).isEqualTo(Status.CRASHED);
		assertThat(runs("daily").get(0).endedAt()).isNotNull();
		SyncEvent again = runs("daily").get(1);
		assertThat(again.trigger()).isEqualTo("recovery");
		assertThat(again.success()).isTrue();

		kill(again);
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("daily")).hasSize(2).allMatch((run) -> run.status() == Status.CRASHED);
		assertThat(runs("daily").get(1).endedAt()).isNotNull();
		passes(Duration.ofDays(1));
		this.one.tick().awaitRuns();
		assertThat(runs("daily")).hasSize(3);
	}

	@Test
	void pausedLinkIsNotRunUntilItIsResumedAndThenOnce() {
		Pauses pauses = this.other.bean(Pauses.class);
		open();
		assertThat(pauses.pause("daily", "jo", this.clock.get())).isTrue();
		passes(Duration.ofDays(3));
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("daily")).isEmpty();
		assertThat(runs("hourly")).hasSize(1);

		assertThat(pauses.resume("daily")).isTrue();
		this.one.tick().awaitRuns().tick().awaitRuns();
		this.other.tick().awaitRuns();
		assertThat(runs("daily")).hasSize(1);
	}

	@Test
	void deadRunOfAPausedLinkIsStoredAsCrashedAndNothingElse() throws Exception {
		Pauses pauses = this.one.bean(Pauses.class);
		open();
		kill(run("daily"));
		kill(run("resumed"));
		pauses.pause("daily", "jo", this.clock.get());
		pauses.pause("resumed", "jo", this.clock.get());

		this.one.tick().awaitRuns();
		this.other.tick().awaitRuns();

		for (String link : List.of("daily", "resumed")) {
			assertThat(runs(link)).as(link).singleElement().satisfies((run) -> {
				assertThat(run.status()).isEqualTo(Status.CRASHED);
				assertThat(run.endedAt()).isNotNull();
				assertThat(run.attempts()).hasSize(1);
			});
		}
	}

	@Test
	void aDeadFullRunIsRepeatedAsAFullRun() throws Exception {
		open();
		kill(run("hourly", "mode", "FULL"));
		this.one.tick().awaitRuns();
		assertThat(runs("hourly")).hasSize(2).allMatch((run) -> run.mode() == Mode.FULL);
	}

	@Test
	void aDeadRunOfALinkThatOthersStartIsStoredAsCrashed() throws Exception {
		open();
		kill(run("manual"));
		this.one.tick().awaitRuns();
		this.other.tick().awaitRuns();
		assertThat(runs("manual")).singleElement().satisfies((run) -> {
			assertThat(run.status()).isEqualTo(Status.CRASHED);
			assertThat(run.endedAt()).isNotNull();
		});
	}

	@Test
	void aDeadRunOfALinkThatResumesIsResumedAFewTimes() throws Exception {
		open();
		run("resumed");
		for (int attempts = 2; attempts <= 3; attempts++) {
			kill(runs("resumed").get(0));
			this.one.tick().awaitRuns();
			this.other.tick().awaitRuns();
			assertThat(runs("resumed")).singleElement().extracting(SyncEvent::success).isEqualTo(true);
			assertThat(runs("resumed").get(0).attempts()).hasSize(attempts);
		}
		kill(runs("resumed").get(0));
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("resumed")).singleElement().extracting(SyncEvent::status).isEqualTo(Status.CRASHED);
		assertThat(runs("resumed").get(0).attempts()).hasSize(3);
	}

	@Test
	void aRunThatKillsItsProcessEachTimeIsNotResumedByTheNextSlot() throws Exception {
		open();
		run("resumed");
		for (int attempts = 1; attempts <= 3; attempts++) {
			kill(runs("resumed").get(0));
			this.one.tick().awaitRuns();
		}
		this.clock.set(Instant.parse("2027-01-01T04:00:00Z"));
		this.one.tick().awaitRuns().tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("resumed")).hasSize(2);
		assertThat(runs("resumed").get(0).attempts()).hasSize(3);
		assertThat(runs("resumed").get(1).trigger()).isEqualTo("schedule");
		assertThat(this.one.bean(Slots.class).find("resumed", "schedule")).contains(this.clock.get());
	}

	@Test
	void aDeadEventForSettingTheWindowSetsNothing() throws Exception {
		open();
		SyncEvent success = run("resumed");
		kill(run("resumed", "mode", "SET", "setTo", "2026-01-01T00:00:00Z"));
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("resumed")).hasSize(2).last().extracting(SyncEvent::status).isEqualTo(Status.CRASHED);
		assertThat(this.events.lastSuccess("resumed").sync()).isEqualTo(success.runTimestamp());
	}

	@Test
	void aLivingRunIsLeftAlone() {
		open();
		this.stage.hold("daily");
		nightPasses();
		this.one.tick();
		await(() -> this.stage.begun().contains("daily"));
		this.other.tick().awaitRuns();
		assertThat(runs("daily")).singleElement().extracting(SyncEvent::status).isEqualTo(Status.PLANNING);
		this.stage.release("daily");
		this.one.awaitRuns();
		assertThat(runs("daily")).singleElement().extracting(SyncEvent::success).isEqualTo(true);
	}

	@Test
	void slotOfARunThatEndsWithItsProcessIsRunAtOnceByAnother() {
		open();
		this.stage.records("daily", 5);
		this.stage.hold("daily");
		nightPasses();
		this.one.tick();
		await(() -> this.stage.begun().contains("daily"));
		this.other.tick().awaitRuns();
		this.one.bean(ActiveRuns.class).find("daily").orElseThrow().requestStop();
		this.stage.release("daily");
		this.one.awaitRuns();
		assertThat(runs("daily")).singleElement().extracting(SyncEvent::status).isEqualTo(Status.STOPPED);

		this.other.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("daily")).hasSize(2);
		assertThat(runs("daily").get(1).success()).isTrue();
		assertThat(runs("daily").get(1).trigger()).isEqualTo("schedule");
	}

	@Test
	void recoveryInterruptedByTheEndOfItsProcessIsDoneByAnother() {
		open();
		nightPasses();
		this.one.tick().awaitRuns();
		kill(runs("daily").get(0));
		this.stage.records("daily", 5);
		this.stage.hold("daily");
		int begun = this.stage.begun().size();
		this.one.tick();
		await(() -> this.stage.begun().size() > begun);
		this.one.bean(ActiveRuns.class).find("daily").orElseThrow().requestStop();
		this.stage.release("daily");
		this.one.awaitRuns();

		this.other.tick().awaitRuns();
		assertThat(runs("daily")).extracting(SyncEvent::status)
			.containsExactly(Status.CRASHED, Status.STOPPED, Status.COMPLETED);
	}

	@Test
	void slotOfARunThatAPersonStopsIsNotRunAgain() throws Exception {
		open();
		this.stage.records("daily", 5);
		this.stage.hold("daily");
		nightPasses();
		this.one.tick();
		await(() -> this.stage.begun().contains("daily"));
		SyncEvent running = runs("daily").get(0);
		JobOperator operator = this.other.bean(JobOperator.class);
		operator.stop(this.other.bean(JobRepository.class).getJobExecution(running.attempts().get(0).jobExecutionId()));
		ActiveRuns live = this.one.bean(ActiveRuns.class);
		await(() -> live.find("daily").orElseThrow().ending().mustEnd());
		live.find("daily").orElseThrow().requestStop();
		this.stage.release("daily");
		this.one.awaitRuns().tick().awaitRuns();
		this.other.tick().awaitRuns();
		assertThat(runs("daily")).singleElement().extracting(SyncEvent::status).isEqualTo(Status.STOPPED);
	}

	@Test
	void aLinkThatCannotBeReadDoesNotPreventOthersFromRunning() throws Exception {
		open();
		run("daily");
		kill(runs("daily").get(0));
		this.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'NONSENSE'");
		nightPasses();
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("hourly")).hasSize(1);
		this.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED' WHERE STATUS = 'NONSENSE'");
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(runs("daily")).extracting(SyncEvent::trigger).containsExactly("api", "recovery", "schedule");
	}

	@Test
	void servingContinuesAfterADatabaseOutage() {
		open();
		nightPasses();
		this.jdbc.execute("ALTER TABLE SYNC_SLOT RENAME TO GONE");
		assertThat(this.one.tryTick()).isFalse();
		this.jdbc.execute("ALTER TABLE GONE RENAME TO SYNC_SLOT");
		assertThat(this.one.tryTick()).isTrue();
		this.one.awaitRuns();
		assertThat(runs("daily")).hasSize(1);
	}

	@Test
	void nothingBeginsInAProcessThatIsEnding() {
		try (Replica third = replica(this.database.createSchema())) {
			third.restart();
			nightPasses();
			third.bean(ActiveRuns.class).close();
			third.tick().awaitRuns();
			assertThat(this.stage.begun()).isEmpty();
			assertThat(third.bean(SyncEvents.class).newest("daily")).isEmpty();
			assertThat(third.bean(Slots.class).find("daily", "schedule")).contains(EVENING);
		}
	}

}
