package io.deltasync.run.plan;

import java.net.ConnectException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RunContext;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.scope.FailedScopes;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.scope.ScopeProgress;
import io.deltasync.testing.BreakingRecords;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.UnexpectedJobExecutionException;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a restart does: only what is left.
 */
@EachDatabase
public class RestartIT extends ScriptedRuns {

	public RestartIT() {
		super("scriptedSource");
	}

	@Test
	void restartFetchesOnlyTheScopesThatFailed() throws Exception {
		scopes(60, 10);
		Set<String> broken = ConcurrentHashMap.newKeySet();
		broken.addAll(List.of("3", "17", "59"));
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (broken.contains(scope)) {
				return new BreakingRecords(Integer.parseInt(scope) * 10, 4);
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent failed = run();
		assertThat(failed.scopes()).isEqualTo(new ScopeCounts(60, 57, 3));
		assertThat(failed.records().written()).isEqualTo(582);
		broken.clear();
		this.script.fetched.clear();
		SyncEvent restarted = restart(failed);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.id()).isEqualTo(failed.id());
		assertThat(restarted.runTimestamp()).isEqualTo(failed.runTimestamp());
		assertThat(restarted.attempts()).hasSize(2);
		assertThat(this.script.fetched).containsExactlyInAnyOrder("3", "17", "59");
		assertThat(this.script.contexts).as("nothing is planned twice").hasSize(1);
		assertThat(restarted.scopes()).isEqualTo(new ScopeCounts(60, 60, 0));
		assertThat(restarted.records()).isEqualTo(new RecordCounts(600, 600, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.target).hasSize(600);
		assertThat(this.events.lastSuccess(LINK).sync()).isEqualTo(failed.runTimestamp());
	}

	@Test
	void restartThatIsKilledWhileItPutsFailedScopesBackLosesAndDoublesNone() throws Exception {
		int count = 2 * FailedScopes.MAX_REQUEUED + 100;
		scopes(count, 2);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> new BreakingRecords(2 * Integer.parseInt(scope), 1);
		this.script.marked.add(0);
		SyncEvent failed = run();
		assertThat(failed.scopes()).isEqualTo(new ScopeCounts(count, 0, count));
		assertThat(failed.records()).isEqualTo(new RecordCounts(count, count - 1, 0, 1, 0, 0, 0, 0));

		assertThatIllegalStateException().isThrownBy(() -> takeUpAndDie(failed, 7)).withMessage("killed");
		ScopeProgress progress = this.application.getBean(RunTables.class).progress();
		assertThat(progress.find(failed.id()).scopes()).as("the first transaction, and no other")
			.isEqualTo(new ScopeCounts(count, 0, count - FailedScopes.MAX_REQUEUED));
		assertThatIllegalStateException().isThrownBy(() -> takeUpAndDie(failed, 7));

		this.script.fetch = fetch;
		this.script.marked.clear();
		this.script.fetched.clear();
		SyncEvent restarted = restart(failed);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(this.script.fetched).hasSize(count).doesNotHaveDuplicates();
		assertThat(restarted.scopes()).isEqualTo(new ScopeCounts(count, count, 0));
		assertThat(restarted.records()).isEqualTo(new RecordCounts(2L * count, 2L * count, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.target).hasSize(2 * count);
	}

	@Test
	void largeScopesThatFailedDoNotMakeLargePages() throws Exception {
		List<String> large = IntStream.range(0, 7).mapToObj((number) -> number + "x".repeat(400_000)).toList();
		this.script.plan = (source, context) -> FetchStrategy.scopes(large);
		this.script.fetch = (source, context, scope) -> {
			throw new IllegalStateException("corrupt");
		};
		SyncEvent failed = run();
		this.script.fetch = (source, context, scope) -> List.of();
		assertThat(restart(failed).scopes()).isEqualTo(new ScopeCounts(7, 7, 0));
		assertThat(this.application.getBean(JdbcTemplate.class)
			.queryForObject("SELECT MAX(CHAR_LENGTH(SCOPES)) FROM SYNC_SCOPE_PAGE", Integer.class))
			.isLessThan(1_000_100);
	}

	@Test
	void restartThatFailsAgainCanBeRestartedAgain() throws Exception {
		scopes(4, 5);
		Set<String> broken = ConcurrentHashMap.newKeySet();
		broken.addAll(List.of("1", "2"));
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (broken.contains(scope)) {
				throw new IllegalStateException("corrupt");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent event = run();
		broken.remove("1");
		event = restart(event);
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(4, 3, 1));
		assertThat(event.success()).isFalse();
		broken.clear();
		event = restart(event);
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(4, 4, 0));
		assertThat(event.success()).isTrue();
		assertThat(event.attempts()).hasSize(3);
	}

	@Test
	void restartAfterAnAbortContinuesWhereTheLanesStopped() throws Exception {
		scopes(100, 10);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("50")) {
				this.script.targetDown = new IllegalStateException(new ConnectException("refused"));
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent aborted = run();
		assertThat(aborted.status()).isEqualTo(Status.ABORTED);
		assertThat(aborted.scopes().done()).isBetween(1L, 99L);
		this.script.targetDown = null;
		this.script.fetch = fetch;
		this.script.fetched.clear();
		SyncEvent restarted = restart(aborted);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat((long) this.script.fetched.size()).isEqualTo(100 - aborted.scopes().done());
		assertThat(restarted.scopes()).isEqualTo(new ScopeCounts(100, 100, 0));
		assertThat(restarted.records()).isEqualTo(new RecordCounts(1000, 1000, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.target).hasSize(1000);
	}

	@Test
	void rejectOfAScopeThatWasOpenIsNotTriedOnItsOwnAsTheScopeIsFetchedAgain() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0"));
		this.script.poison.add(5);
		this.script.fetch = (source, context, scope) -> Script.records(0, 120).stream().peek((record) -> {
			if (record.get("id").equals(110)) {
				this.script.targetDown = new IllegalStateException(new ConnectException("refused"));
			}
		})::iterator;
		SyncEvent aborted = run();
		assertThat(aborted.status()).isEqualTo(Status.ABORTED);
		assertThat(aborted.records().failed()).isEqualTo(1);
		this.script.targetDown = null;
		this.script.poison.clear();
		this.script.target.clear();
		this.script.fetch = (source, context, scope) -> Script.records(10, 120);
		SyncEvent restarted = restart(aborted);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.records()).isEqualTo(new RecordCounts(110, 110, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.target).hasSize(110);
	}

	@Test
	void restartOfAStoppedRunFetchesTheRest() throws Exception {
		// workers hear of a stop within a second: the run must not end before
		int count = isRemote() ? 50_000 : 100;
		scopes(count, 1);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("20")) {
				this.operator.stop(execution(this.events.newest(LINK).orElseThrow()));
			}
			if (this.script.fetched.contains("20")) {
				this.application.getBean(ActiveRuns.class)
					.find(LINK)
					.orElseThrow()
					.lease()
					.awaitStopRequest(Duration.ofSeconds(30));
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent stopped = run();
		assertThat(stopped.status()).isEqualTo(Status.STOPPED);
		this.script.fetch = fetch;
		SyncEvent restarted = restart(stopped);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.records().written()).isEqualTo(count);
		assertThat(this.script.target).hasSize(count);
	}

	@Test
	void restartOfACrashedRunClosesItFirst() throws Exception {
		scopes(10, 10);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("4")) {
				throw new IllegalStateException("corrupt");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent crashed = run();
		kill(crashed);
		this.script.fetch = fetch;
		SyncEvent restarted = restart(crashed);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.records().written()).isEqualTo(100);
	}

	@Test
	void aDeadRunIsRestartedThoughItsProcessStillBeginsAStep() throws Exception {
		scopes(10, 10);
		Script.Fetch fetch = breaking("4");
		SyncEvent crashed = run();
		kill(crashed);
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.update("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED' WHERE STEP_NAME = 'lanes'");
		List<String> closed = new ArrayList<>();
		this.script.stepUpdate = (step) -> {
			if (step.getStatus() == BatchStatus.FAILED && List.of("plan", "lanes").contains(step.getStepName())) {
				closed.add(step.getStepName());
				if (closed.size() < 4) {
					// one that has been looked at already, and one that has not
					jdbc.update("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED' WHERE STEP_NAME = ?",
							step.getStepName().equals("plan") ? "lanes" : "plan");
				}
			}
		};
		this.script.fetch = fetch;

		SyncEvent restarted = restart(crashed);

		assertThat(closed).containsExactly("lanes", "plan", "lanes", "plan");
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
	}

	@Test
	void stepsAreClosedInAllAttemptsOfARun() throws Exception {
		scopes(10, 10);
		Script.Fetch fetch = breaking("4");
		SyncEvent failed = restart(run());
		assertThat(failed.attempts()).hasSize(2);
		// as of a process that was asleep, and stored them after the next had begun
		assertThat(this.application.getBean(JdbcTemplate.class).update("""
				UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTING', CREATE_TIME = '2100-01-01 00:00:00'
				WHERE STEP_NAME LIKE 'lane:%' AND JOB_EXECUTION_ID = ?""", failed.attempts().get(0).jobExecutionId()))
			.isPositive();
		this.script.fetch = fetch;

		SyncEvent restarted = restart(failed);

		assertThat(restarted.success()).as(restarted.toString()).isTrue();
	}

	@Test
	void aRunThatAnotherProcessHasRestartedMeanwhileIsNotClosed() throws Exception {
		scopes(10, 10);
		breaking("4");
		SyncEvent crashed = run();
		kill(crashed);
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.update("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED' WHERE STEP_NAME = 'plan'");
		AtomicBoolean crashClosed = new AtomicBoolean();
		this.script.stepUpdate = (step) -> crashClosed.set(true);
		this.script.jobLookedUp = () -> {
			if (crashClosed.get()) {
				jdbc.update("UPDATE SYNC_LEASE SET TOKEN = TOKEN + 1");
				kill(crashed);
				jdbc.update("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED' WHERE STEP_NAME = 'plan'");
			}
		};

		assertThatExceptionOfType(JobRestartException.class).isThrownBy(() -> restart(crashed))
			.withMessageContaining("already running");

		assertThat(
				jdbc.queryForObject("SELECT STATUS FROM BATCH_STEP_EXECUTION WHERE STEP_NAME = 'plan'", String.class))
			.isEqualTo("STARTED");
	}

	@Test
	void stepsOfADeadRunAreClosedAlsoWhileAWorkerStillStoresHowTheyStand() throws Exception {
		scopes(10, 10);
		Script.Fetch fetch = breaking("4");
		SyncEvent crashed = run();
		kill(crashed);
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.update("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED' WHERE STEP_NAME LIKE 'lane:%'");
		Set<Long> stored = ConcurrentHashMap.newKeySet();
		this.script.stepUpdate = (step) -> {
			if (step.getStepName().startsWith("lane:") && step.getStatus() == BatchStatus.FAILED
					&& stored.add(step.getId())) {
				jdbc.update("UPDATE BATCH_STEP_EXECUTION SET VERSION = VERSION + 1 WHERE STEP_EXECUTION_ID = ?",
						step.getId());
			}
		};
		this.script.fetch = fetch;

		SyncEvent restarted = restart(crashed);

		assertThat(stored).isNotEmpty();
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.records().written()).isEqualTo(100);
	}

	@Test
	void recoveredRunHasCrashedAndCanBeRestarted() throws Exception {
		scopes(10, 10);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("4")) {
				throw new IllegalStateException("corrupt");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent crashed = run();
		JobExecution stale = execution(crashed);
		kill(crashed);
		this.application.getBean(JdbcTemplate.class)
			.update("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL WHERE STEP_NAME LIKE 'lane:%'");
		JobExecution recovered = this.operator.recover(stale);
		assertThat(recovered.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(execution(crashed).getStepExecutions()).noneMatch((step) -> step.getStatus().isRunning());
		SyncEvent event = this.events.find(crashed.id()).orElseThrow();
		assertThat(event.status()).isEqualTo(Status.CRASHED);
		assertThat(event.endedAt()).isNotNull();
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(10, 9, 1));
		this.script.fetch = fetch;
		SyncEvent restarted = restart(crashed);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.records().written()).isEqualTo(100);
	}

	@Test
	void runThatHasEndedIsLeftAsItIsByRecover() throws Exception {
		SyncEvent success = run();
		assertThat(this.operator.recover(execution(success)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.events.find(success.id())).contains(success);
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("offline");
		};
		SyncEvent aborted = run();
		this.operator.recover(execution(aborted));
		assertThat(this.events.find(aborted.id())).contains(aborted);
	}

	@Test
	void liveRunIsNeverRecovered() throws Exception {
		scopes(1, 1);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			SyncEvent live = this.events.newest(LINK).orElseThrow();
			assertThatExceptionOfType(UnexpectedJobExecutionException.class)
				.isThrownBy(() -> this.operator.recover(execution(live)))
				.withMessageContaining("event " + live.id() + " cannot be recovered")
				.withMessageContaining("Link 'people' is busy: process " + ProcessHandle.current().pid())
				.withMessageContaining("since " + LocalDate.now(ZoneOffset.UTC))
				.withMessageContaining("(event " + live.id() + ")");
			assertThat(execution(live).isRunning()).isTrue();
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent event = run();
		assertThat(event.success()).as(event.toString()).isTrue();
	}

	@Test
	void unfinishedImmediateIsPlannedAndFetchedAgain() throws Exception {
		this.script.plan = (source, context) -> {
			RunContext.currentContext().setCursor("c" + this.script.contexts.size());
			return FetchStrategy.immediate(200);
		};
		this.script.fetch = (source, context, scope) -> new BreakingRecords(0, 120);
		SyncEvent failed = run();
		assertThat(failed.scopes().failed()).isOne();
		assertThat(failed.records().written()).isEqualTo(120);
		this.script.fetch = (source, context, scope) -> Script.records(0, 200);
		SyncEvent restarted = restart(failed);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.records().written()).isEqualTo(200);
		assertThat(this.script.contexts).hasSize(2);
		assertThat(restarted.cursorAfter()).isEqualTo("c2");
	}

	@Test
	void crashedRunIsLeftAloneAndItsWindowFetchedAgain() throws Exception {
		scopes(4, 1);
		SyncEvent crashed = run();
		kill(crashed);
		SyncEvent next = run();
		assertThat(next.id()).isNotEqualTo(crashed.id());
		assertThat(next.windowStart()).isNull();
		assertThat(this.events.find(crashed.id()).orElseThrow().attempts()).hasSize(1);
	}

	@Test
	void restartKeepsTheWindowOfTheRun() throws Exception {
		SyncEvent first = run();
		scopes(1, 1);
		this.script.fetch = (source, context, scope) -> {
			throw new IllegalStateException("corrupt");
		};
		SyncEvent failed = run();
		this.script.fetch = (source, context, scope) -> {
			assertThat(context.lastSuccessfulSync()).isEqualTo(first.runTimestamp());
			assertThat(context.runTimestamp()).isEqualTo(failed.runTimestamp());
			return List.of();
		};
		assertThat(restart(failed).success()).isTrue();
	}

	@Test
	void successfulRunCannotBeRestarted() throws Exception {
		SyncEvent event = run();
		assertThatExceptionOfType(JobRestartException.class).isThrownBy(() -> restart(event));
		assertThat(this.events.find(event.id()).orElseThrow().attempts()).hasSize(1);
		assertThat(this.events.newest(LINK, 10)).hasSize(1);
	}

	@Test
	void windowAfterAnyHistoryOfRunsAndRestartsIsThatOfTheNewestSuccess() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 30; i++) {
			boolean fails = random.nextBoolean();
			scopes(3, 1);
			Script.Fetch fetch = this.script.fetch;
			this.script.fetch = (source, context, scope) -> {
				if (fails && scope.equals("1")) {
					throw new IllegalStateException("corrupt");
				}
				RunContext.currentContext().setCursor("at " + context.runTimestamp());
				return fetch.fetchRecords(source, context, scope);
			};
			List<SyncEvent> known = new ArrayList<>(this.events.newest(LINK, 1000));
			if (!known.isEmpty() && !known.get(0).success() && random.nextBoolean()) {
				restart(known.get(0));
			}
			else {
				run((random.nextInt(4) == 0) ? "FULL" : "DELTA");
			}
			SyncEvent success = this.events.newest(LINK, 1000)
				.stream()
				.filter(SyncEvent::success)
				.max(Comparator.comparing(SyncEvent::runTimestamp))
				.orElse(null);
			assertThat(this.events.lastSuccess(LINK).sync()).as("seed %d", seed)
				.isEqualTo((success != null) ? success.runTimestamp() : null);
			assertThat(this.events.lastSuccess(LINK).cursor()).as("seed %d", seed)
				.isEqualTo((success != null) ? "at " + success.runTimestamp() : null);
		}
	}

}
