package io.deltasync.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

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
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What runs by itself, when, and how often, with two processes that share a database.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServeIT {

	private static final List<String> LINKS = List.of("daily", "hourly", "after", "resumed", "manual", "yearly",
			"origin", "changes");

	private static final Instant EVENING = Instant.parse("2026-11-20T20:30:00Z");

	@Parameter
	private TestDatabase database;

	private TwoReplicas both;

	@BeforeParameterizedClassInvocation
	void start() {
		this.both = new TwoReplicas(this.database, LINKS, "deltasync.links.daily.schedule=0 0 3 * * *",
				"deltasync.links.hourly.schedule.cron=0 0 * * * *", "deltasync.links.hourly.schedule.zone=Asia/Kolkata",
				"deltasync.links.after.run-after=daily", "deltasync.links.resumed.resume-crashed=true",
				"deltasync.links.resumed.schedule=0 0 4 1 1 *", "deltasync.links.yearly.full-schedule=0 0 5 1 1 *",
				"deltasync.links.changes.run-after.link=origin", "deltasync.links.changes.run-after.only-changes=true");
	}

	@AfterParameterizedClassInvocation
	void stop() {
		if (this.both != null) {
			this.both.close();
		}
	}

	@BeforeEach
	void forget() {
		this.both.forget(EVENING);
	}

	/** To 3:30 at night. */
	private void nightPasses() {
		this.both.passes(Duration.ofHours(7));
	}

	private SyncEvent run(String link, String... parameters) throws Exception {
		return this.both.run(this.both.one, link, parameters);
	}

	@Test
	void aSlotIsRunOnceWhicheverProcessIsTheFirst() throws Exception {
		this.both.open();
		ExecutorService threads = Executors.newFixedThreadPool(2);
		for (int slot = 1; slot <= 10; slot++) {
			this.both.passes(Duration.ofHours(1));
			Callable<Replica> first = this.both.one::tick;
			Callable<Replica> second = this.both.other::tick;
			threads.invokeAll(List.of(first, second));
			this.both.one.awaitRuns().tick().awaitRuns();
			this.both.other.awaitRuns().tick().awaitRuns();
			assertThat(this.both.runs("hourly")).hasSize(slot);
		}
		threads.shutdown();
		assertThat(this.both.runs("hourly")).allSatisfy((run) -> {
			assertThat(run.success()).isTrue();
			assertThat(run.trigger()).isEqualTo("schedule");
			assertThat(run.mode()).isEqualTo(Mode.DELTA);
		});
	}

	@Test
	void aSlotThatAnotherProcessRanMeanwhileIsNotRunAgain() throws Exception {
		this.both.open();
		nightPasses();
		this.both.other.tickSlowly();
		this.both.one.tick().awaitRuns();
		this.both.other.awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(1);
		assertThat(this.both.runs("hourly")).hasSize(1);
		run("daily");
		this.both.other.tickSlowly();
		this.both.one.tick().awaitRuns();
		this.both.other.awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("after")).hasSize(2).extracting(SyncEvent::trigger).containsOnly("run-after");
	}

	@Test
	void changedLinkIsAskedForOnceAMinuteAndRunsWhenAPersonHasDecided() throws Exception {
		this.both.open();
		SyncEvent before = run("daily");
		this.both.stage.move("daily", "elsewhere");
		nightPasses();
		this.both.one.tick().awaitRuns();
		this.both.stage.clearIdentityCalls();
		for (int second = 1; second < 60; second++) {
			this.both.passes(Duration.ofSeconds(1));
			this.both.one.tick().awaitRuns();
		}
		assertThat(this.both.stage.identityCalls()).doesNotContain("daily");
		assertThat(this.both.runs("daily")).extracting(SyncEvent::id).containsExactly(before.id());
		assertThat(this.both.runs("hourly")).as("no other Link waits for it").hasSize(1);
		run("daily", "mode", "SET", "keep", "true");
		this.both.passes(Duration.ofSeconds(1));
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("daily")).extracting(SyncEvent::trigger).containsExactly("api", "api", "schedule");
		assertThat(this.both.runs("daily")).allMatch(SyncEvent::success);
	}

	@Test
	void slotsAreCountedInTheZoneOfTheSchedule() {
		this.both.clock.set(Instant.parse("2026-11-20T20:40:00Z"));
		this.both.open();
		// a moment before 3 o'clock in India, and 3 o'clock
		this.both.clock.set(Instant.parse("2026-11-20T21:29:59.999Z"));
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("hourly")).isEmpty();
		this.both.clock.set(Instant.parse("2026-11-20T21:30:00Z"));
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("hourly")).hasSize(1);
	}

	@Test
	void slotsMissedWithoutAProcessAreOneRun() {
		this.both.open();
		this.both.passes(Duration.ofDays(3));
		this.both.one.restart().tick().awaitRuns().tick().awaitRuns();
		this.both.other.restart().tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(1);
		assertThat(this.both.runs("hourly")).hasSize(1);
		this.both.passes(Duration.ofDays(1));
		this.both.other.tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(2);
	}

	@Test
	void slotsBeforeTheScheduleExistedAreNotRun() {
		this.both.clock.set(Instant.parse("2026-11-20T14:00:00Z"));
		this.both.open();
		this.both.one.tick().awaitRuns();
		assertThat(this.both.stage.begun()).isEmpty();
	}

	@Test
	void slotsAreCountedFromTheChangeOfASchedule() {
		Slots slots = this.both.one.bean(Slots.class);
		Instant later = EVENING.plusSeconds(60);
		assertThat(slots.open("daily", "schedule", "old", EVENING)).isEqualTo(EVENING);
		assertThat(slots.open("daily", "schedule", "old", later)).isEqualTo(EVENING);
		assertThat(slots.open("daily", "schedule", "new", later)).isEqualTo(later);
		assertThat(slots.open("daily", "run-after", "new", EVENING)).isEqualTo(EVENING);
	}

	@Test
	void slotsDuringARunAreOneRunRightAfterIt() {
		this.both.open();
		this.both.stage.hold("daily");
		nightPasses();
		this.both.one.tick();
		TwoReplicas.await(() -> this.both.stage.begun().contains("daily"));
		this.both.passes(Duration.ofDays(2));
		this.both.one.tick();
		this.both.other.tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(1);
		this.both.stage.release("daily");
		this.both.one.awaitRuns();
		this.both.other.tick().awaitRuns();
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(2).allMatch(SyncEvent::success);
	}

	@Test
	void aSlotWhoseRunFailsIsRun() {
		this.both.open();
		this.both.stage.offline("daily");
		nightPasses();
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("daily")).singleElement().extracting(SyncEvent::status).isEqualTo(Status.ABORTED);
	}

	@Test
	void aSlotWhoseProcessDiedBeforeItsRunWasStoredIsStillThere() {
		this.both.open();
		nightPasses();
		this.both.jdbc.update("INSERT INTO SYNC_LEASE (LINK, TOKEN, HOLDER, ACQUIRED_AT, EXPIRES_AT, STOP_REQUESTED) "
				+ "VALUES ('daily', 1, 'dead', '2026-01-01 00:00:00', '2026-01-01 00:01:00', FALSE)");
		this.both.one.tick().awaitRuns().tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("daily")).singleElement().extracting(SyncEvent::trigger).isEqualTo("schedule");
	}

	@Test
	void aLinkRunsAfterEachSuccessOfAnotherInAnyProcess() throws Exception {
		this.both.open();
		run("daily");
		this.both.one.tick().awaitRuns();
		this.both.other.tick().awaitRuns();
		assertThat(this.both.runs("after")).singleElement().satisfies((run) -> {
			assertThat(run.trigger()).isEqualTo("run-after");
			assertThat(run.success()).isTrue();
		});
		this.both.stage.offline("daily");
		run("daily");
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("after")).hasSize(1);
		this.both.stage.online("daily");
		run("daily");
		this.both.other.tick().awaitRuns();
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("after")).hasSize(2);
	}

	@Test
	void fullScheduleStartsFullRuns() {
		this.both.open();
		this.both.clock.set(Instant.parse("2027-01-01T05:00:00Z"));
		// as many at a time as there is room for
		this.both.one.tick().awaitRuns().tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("yearly")).singleElement().satisfies((run) -> {
			assertThat(run.mode()).isEqualTo(Mode.FULL);
			assertThat(run.trigger()).isEqualTo("full-schedule");
		});
	}

	@Test
	void fullRunIsDueOncePerSlotInAnyProcess() throws Exception {
		Link link = this.both.one.bean(Links.class).get("yearly");
		FullRuns fullRuns = new FullRuns(this.both.one.bean(Slots.class), this.both.clock::get);
		assertThat(fullRuns.due(link)).isEmpty();
		assertThat(fullRuns.due(this.both.one.bean(Links.class).get("daily"))).isEmpty();
		Instant slot = Instant.parse("2027-01-01T05:00:00Z");
		this.both.clock.set(slot.plusSeconds(90));
		assertThat(fullRuns.due(link)).contains(slot);
		run("yearly", "mode", "FULL", "trigger", FullRuns.TRIGGER, "slot", slot.toString());
		assertThat(fullRuns.due(link)).isEmpty();
		this.both.one.restart().tick().awaitRuns();
		assertThat(this.both.runs("yearly")).hasSize(1);
	}

	@Test
	void aLinkThatRunsAfterChangesIgnoresRunsThatWroteNothing() throws Exception {
		this.both.open();
		run("origin");
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("changes")).isEmpty();
		this.both.stage.records("origin", 3);
		run("origin");
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("changes")).singleElement().extracting(SyncEvent::trigger).isEqualTo("run-after");
	}

	@Test
	void changesOfAFailedRunCountOnceALaterRunIsSuccessful() throws Exception {
		this.both.open();
		this.both.stage.records("origin", 3);
		this.both.stage.refuse(1);
		assertThat(run("origin").success()).isFalse();
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("changes")).isEmpty();
		this.both.stage.records("origin", 0);
		assertThat(run("origin").success()).isTrue();
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("changes")).hasSize(1);
	}

	@Test
	void successesMissedWithoutAProcessAreOneRunOfTheFollowingLink() throws Exception {
		this.both.open();
		run("daily");
		run("daily");
		this.both.one.restart().tick().awaitRuns();
		this.both.other.restart().tick().awaitRuns();
		assertThat(this.both.runs("after")).hasSize(1);
	}

	@Test
	void aSuccessBeforeRunAfterWasConfiguredStartsNoRun() throws Exception {
		run("daily");
		this.both.open();
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("after")).isEmpty();
	}

	@Test
	void neitherASetWindowNorATestingRunStartsTheFollowingLink() throws Exception {
		this.both.open();
		run("daily", "testing", "true");
		this.both.one.tick().awaitRuns();
		run("daily", "mode", "SET", "setTo", "2026-01-01T00:00:00Z");
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("after")).isEmpty();
		run("daily");
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("after")).hasSize(1);
	}

	@Test
	void anUnseenSuccessBeforeASetWindowStartsTheFollowingLink() throws Exception {
		this.both.open();
		run("daily");
		run("daily", "mode", "SET", "setTo", "2026-01-01T00:00:00Z");
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("after")).hasSize(1);
		SyncEvent newest = run("daily");
		run("daily", "mode", "SET", "setTo", "2026-01-02T00:00:00Z");
		run("daily", "mode", "SET", "setTo", "2026-01-03T00:00:00Z");
		this.both.stage.offline("daily");
		run("daily");
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("after")).hasSize(2);
		assertThat(this.both.one.bean(Slots.class).find("after", "run-after")).contains(newest.runTimestamp());
	}

	@Test
	void aWholeChainRunsAutomatically() {
		this.both.open();
		nightPasses();
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.stage.begun()).containsSubsequence("daily", "after");
	}

	@Test
	void moreLinksThanMayRunAtATimeWaitForTheirTurn() throws Exception {
		this.both.open();
		run("daily");
		this.both.stage.hold("daily");
		this.both.stage.hold("hourly");
		this.both.stage.hold("after");
		nightPasses();
		this.both.one.tick().tick();
		assertThat(this.both.one.begun()).isEqualTo(2);
		TwoReplicas.await(() -> this.both.stage.begun().size() == 3);
		this.both.one.tick();
		assertThat(this.both.one.begun()).isEqualTo(2);
		this.both.stage.clear();
		this.both.one.awaitRuns().tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(2);
		assertThat(this.both.runs("hourly")).hasSize(1);
		assertThat(this.both.runs("after")).isNotEmpty();
	}

	@Test
	void aDeadRunOfAScheduledLinkIsRunAgainAndOnlyOnce() {
		this.both.open();
		nightPasses();
		this.both.one.tick().awaitRuns();
		this.both.kill(this.both.runs("daily").get(0));
		this.both.other.tick().awaitRuns();
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(2);
		assertThat(this.both.runs("daily").get(0).status()).isEqualTo(Status.CRASHED);
		assertThat(this.both.runs("daily").get(0).endedAt()).isNotNull();
		SyncEvent again = this.both.runs("daily").get(1);
		assertThat(again.trigger()).isEqualTo("recovery");
		assertThat(again.success()).isTrue();

		this.both.kill(again);
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(2).allMatch((run) -> run.status() == Status.CRASHED);
		assertThat(this.both.runs("daily").get(1).endedAt()).isNotNull();
		this.both.passes(Duration.ofDays(1));
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(3);
	}

	@Test
	void pausedLinkIsNotRunUntilItIsResumedAndThenOnce() {
		Pauses pauses = this.both.other.bean(Pauses.class);
		this.both.open();
		assertThat(pauses.pause("daily", "jo", this.both.clock.get())).isTrue();
		this.both.passes(Duration.ofDays(3));
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("daily")).isEmpty();
		assertThat(this.both.runs("hourly")).hasSize(1);

		assertThat(pauses.resume("daily")).isTrue();
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		this.both.other.tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(1);
	}

	@Test
	void deadRunOfAPausedLinkIsStoredAsCrashedAndNothingElse() throws Exception {
		Pauses pauses = this.both.one.bean(Pauses.class);
		this.both.open();
		this.both.kill(run("daily"));
		this.both.kill(run("resumed"));
		pauses.pause("daily", "jo", this.both.clock.get());
		pauses.pause("resumed", "jo", this.both.clock.get());

		this.both.one.tick().awaitRuns();
		this.both.other.tick().awaitRuns();

		for (String link : List.of("daily", "resumed")) {
			assertThat(this.both.runs(link)).as(link).singleElement().satisfies((run) -> {
				assertThat(run.status()).isEqualTo(Status.CRASHED);
				assertThat(run.endedAt()).isNotNull();
				assertThat(run.attempts()).hasSize(1);
			});
		}
	}

	@Test
	void aDeadFullRunIsRepeatedAsAFullRun() throws Exception {
		this.both.open();
		this.both.kill(run("hourly", "mode", "FULL"));
		this.both.one.tick().awaitRuns();
		assertThat(this.both.runs("hourly")).hasSize(2).allMatch((run) -> run.mode() == Mode.FULL);
	}

	@Test
	void aDeadRunOfALinkThatOthersStartIsStoredAsCrashed() throws Exception {
		this.both.open();
		this.both.kill(run("manual"));
		this.both.one.tick().awaitRuns();
		this.both.other.tick().awaitRuns();
		assertThat(this.both.runs("manual")).singleElement().satisfies((run) -> {
			assertThat(run.status()).isEqualTo(Status.CRASHED);
			assertThat(run.endedAt()).isNotNull();
		});
	}

	@Test
	void aDeadRunOfALinkThatResumesIsResumedAFewTimes() throws Exception {
		this.both.open();
		run("resumed");
		for (int attempts = 2; attempts <= 3; attempts++) {
			this.both.kill(this.both.runs("resumed").get(0));
			this.both.one.tick().awaitRuns();
			this.both.other.tick().awaitRuns();
			assertThat(this.both.runs("resumed")).singleElement().extracting(SyncEvent::success).isEqualTo(true);
			assertThat(this.both.runs("resumed").get(0).attempts()).hasSize(attempts);
		}
		this.both.kill(this.both.runs("resumed").get(0));
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("resumed")).singleElement().extracting(SyncEvent::status).isEqualTo(Status.CRASHED);
		assertThat(this.both.runs("resumed").get(0).attempts()).hasSize(3);
	}

	@Test
	void aRunThatKillsItsProcessEachTimeIsNotResumedByTheNextSlot() throws Exception {
		this.both.open();
		run("resumed");
		for (int attempts = 1; attempts <= 3; attempts++) {
			this.both.kill(this.both.runs("resumed").get(0));
			this.both.one.tick().awaitRuns();
		}
		this.both.clock.set(Instant.parse("2027-01-01T04:00:00Z"));
		this.both.one.tick().awaitRuns().tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("resumed")).hasSize(2);
		assertThat(this.both.runs("resumed").get(0).attempts()).hasSize(3);
		assertThat(this.both.runs("resumed").get(1).trigger()).isEqualTo("schedule");
		assertThat(this.both.one.bean(Slots.class).find("resumed", "schedule")).contains(this.both.clock.get());
	}

	@Test
	void aDeadEventForSettingTheWindowSetsNothing() throws Exception {
		this.both.open();
		SyncEvent success = run("resumed");
		this.both.kill(run("resumed", "mode", "SET", "setTo", "2026-01-01T00:00:00Z"));
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("resumed")).hasSize(2).last().extracting(SyncEvent::status).isEqualTo(Status.CRASHED);
		assertThat(this.both.events.lastSuccess("resumed").sync()).isEqualTo(success.runTimestamp());
	}

	@Test
	void aLivingRunIsLeftAlone() {
		this.both.open();
		this.both.stage.hold("daily");
		nightPasses();
		this.both.one.tick();
		TwoReplicas.await(() -> this.both.stage.begun().contains("daily"));
		this.both.other.tick().awaitRuns();
		assertThat(this.both.runs("daily")).singleElement().extracting(SyncEvent::status).isEqualTo(Status.PLANNING);
		this.both.stage.release("daily");
		this.both.one.awaitRuns();
		assertThat(this.both.runs("daily")).singleElement().extracting(SyncEvent::success).isEqualTo(true);
	}

	@Test
	void slotOfARunThatEndsWithItsProcessIsRunAtOnceByAnother() {
		this.both.open();
		this.both.stage.records("daily", 5);
		this.both.stage.hold("daily");
		nightPasses();
		this.both.one.tick();
		TwoReplicas.await(() -> this.both.stage.begun().contains("daily"));
		this.both.other.tick().awaitRuns();
		this.both.one.bean(ActiveRuns.class).find("daily").orElseThrow().requestStop();
		this.both.stage.release("daily");
		this.both.one.awaitRuns();
		assertThat(this.both.runs("daily")).singleElement().extracting(SyncEvent::status).isEqualTo(Status.STOPPED);

		this.both.other.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(2);
		assertThat(this.both.runs("daily").get(1).success()).isTrue();
		assertThat(this.both.runs("daily").get(1).trigger()).isEqualTo("schedule");
	}

	@Test
	void recoveryInterruptedByTheEndOfItsProcessIsDoneByAnother() {
		this.both.open();
		nightPasses();
		this.both.one.tick().awaitRuns();
		this.both.kill(this.both.runs("daily").get(0));
		this.both.stage.records("daily", 5);
		this.both.stage.hold("daily");
		int begun = this.both.stage.begun().size();
		this.both.one.tick();
		TwoReplicas.await(() -> this.both.stage.begun().size() > begun);
		this.both.one.bean(ActiveRuns.class).find("daily").orElseThrow().requestStop();
		this.both.stage.release("daily");
		this.both.one.awaitRuns();

		this.both.other.tick().awaitRuns();
		assertThat(this.both.runs("daily")).extracting(SyncEvent::status)
			.containsExactly(Status.CRASHED, Status.STOPPED, Status.COMPLETED);
	}

	@Test
	void slotOfARunThatAPersonStopsIsNotRunAgain() throws Exception {
		this.both.open();
		this.both.stage.records("daily", 5);
		this.both.stage.hold("daily");
		nightPasses();
		this.both.one.tick();
		TwoReplicas.await(() -> this.both.stage.begun().contains("daily"));
		SyncEvent running = this.both.runs("daily").get(0);
		JobOperator operator = this.both.other.bean(JobOperator.class);
		operator.stop(
				this.both.other.bean(JobRepository.class).getJobExecution(running.attempts().get(0).jobExecutionId()));
		ActiveRuns live = this.both.one.bean(ActiveRuns.class);
		TwoReplicas.await(() -> live.find("daily").orElseThrow().ending().mustEnd());
		live.find("daily").orElseThrow().requestStop();
		this.both.stage.release("daily");
		this.both.one.awaitRuns().tick().awaitRuns();
		this.both.other.tick().awaitRuns();
		assertThat(this.both.runs("daily")).singleElement().extracting(SyncEvent::status).isEqualTo(Status.STOPPED);
	}

	@Test
	void aLinkThatCannotBeReadDoesNotPreventOthersFromRunning() throws Exception {
		this.both.open();
		run("daily");
		this.both.kill(this.both.runs("daily").get(0));
		this.both.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'NONSENSE'");
		nightPasses();
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("hourly")).hasSize(1);
		this.both.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED' WHERE STATUS = 'NONSENSE'");
		this.both.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(this.both.runs("daily")).extracting(SyncEvent::trigger)
			.containsExactly("api", "recovery", "schedule");
	}

	@Test
	void servingContinuesAfterADatabaseOutage() {
		this.both.open();
		nightPasses();
		this.both.jdbc.execute("ALTER TABLE SYNC_SLOT RENAME TO GONE");
		assertThat(this.both.one.tryTick()).isFalse();
		this.both.jdbc.execute("ALTER TABLE GONE RENAME TO SYNC_SLOT");
		assertThat(this.both.one.tryTick()).isTrue();
		this.both.one.awaitRuns();
		assertThat(this.both.runs("daily")).hasSize(1);
	}

	@Test
	void nothingBeginsInAProcessThatIsEnding() {
		try (Replica third = this.both.start(this.database.createSchema())) {
			third.restart();
			nightPasses();
			third.bean(ActiveRuns.class).close();
			third.tick().awaitRuns();
			assertThat(this.both.stage.begun()).isEmpty();
			assertThat(third.bean(SyncEvents.class).newest("daily")).isEmpty();
			assertThat(third.bean(Slots.class).find("daily", "schedule")).contains(EVENING);
		}
	}

	@Test
	void aProblemIsForgottenWhenAnotherProcessRunsTheLinkSuccessfully() throws Exception {
		run("hourly");
		this.both.stage.move("hourly", "elsewhere");
		this.both.open();
		this.both.passes(Duration.ofHours(1));
		this.both.one.tick().awaitRuns();
		assertThat(this.both.one.tick().awaitRuns().problems()).contains("hourly");

		this.both.run(this.both.other, "hourly", "mode", "FULL");

		assertThat(this.both.runs("hourly")).last().extracting(SyncEvent::success).isEqualTo(true);
		assertThat(this.both.one.tick().problems()).isEmpty();
	}

}
