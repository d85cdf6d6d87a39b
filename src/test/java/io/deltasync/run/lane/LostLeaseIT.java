package io.deltasync.run.lane;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.lease.Lease;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.reject.Reject;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A run whose Link another process has taken: whatever it was doing, from then on it
 * neither delivers nor stores anything, and is no success.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
class LostLeaseIT extends ScriptedRuns {

	private @Nullable SyncEvent closed;

	private @Nullable ConfigurableApplicationContext other;

	LostLeaseIT() {
		super("scriptedSource", "deltasync.links.people.deletes=hard", "deltasync.links.people.skip-unchanged=true");
	}

	@Test
	void planThatReturnsAfterTheLossIsNotStored() throws Exception {
		this.script.plan = (source, context) -> {
			takeAway();
			return FetchStrategy.scopes(List.of("0"));
		};
		SyncEvent event = run();
		assertLost(event);
		assertThat(event.scopes().total()).isZero();
		assertThat(this.script.fetched).isEmpty();
	}

	@Test
	void fetchedRecordsAreNotDelivered() throws Exception {
		scopes(1, 5);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			takeAway();
			return fetch.fetchRecords(source, context, scope);
		};
		assertLost(run());
		assertThat(this.script.pushes).isEmpty();
	}

	@Test
	void deliveryIsNotStoredAndNothingFollows() throws Exception {
		scopes(1, 500);
		this.script.marked.add(3);
		this.script.afterPush = once(this::takeAway);
		SyncEvent event = run();
		assertLost(event);
		assertThat(this.script.pushes).hasSize(1);
		assertThat(event.records()).isEqualTo(RecordCounts.NONE);
		assertThat(waiting()).isZero();
	}

	@Test
	void transientFailureOfTheTargetIsNotRetried() throws Exception {
		scopes(1, 5);
		this.script.beforePush = once(() -> {
			takeAway();
			throw new TransientDataAccessResourceException("not now");
		});
		assertLost(run());
		assertThat(this.script.target).isEmpty();
	}

	@Test
	void batchWithARefusedRecordIsNotSplit() throws Exception {
		scopes(1, 5);
		this.script.beforePush = once(() -> {
			takeAway();
			throw new IllegalStateException("one of them is bad");
		});
		assertLost(run());
		assertThat(this.script.target).isEmpty();
	}

	@Test
	void deliveryIsNotStoredByAProcessWhoseClockStoodStill() throws Exception {
		scopes(1, 5);
		this.script.afterPush = once(
				() -> this.application.getBean(JdbcTemplate.class).update("UPDATE SYNC_LEASE SET TOKEN = TOKEN + 1"));
		SyncEvent event = run();
		assertThat(event.success()).isFalse();
		assertThat(event.records()).isEqualTo(RecordCounts.NONE);
	}

	@Test
	void nothingIsStoredIfTheLinkIsTakenBetweenLeaseCheckAndCommit() throws Exception {
		scopes(1, 5);
		this.script.marked.add(3);
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		this.script.afterPush = once(() -> {
			Long token = jdbc.queryForObject("SELECT TOKEN FROM SYNC_LEASE", Long.class);
			close();
			// as the look at the lease has seen it
			jdbc.update("UPDATE SYNC_LEASE SET TOKEN = ?", token);
		});
		run();
		assertThat(this.script.target).isNotEmpty();
		assertThat(waiting()).isZero();
		assertThat(jdbc.queryForObject("SELECT SUM(FETCHED + OPEN_FETCHED) FROM SYNC_SCOPE_PAGE", Integer.class))
			.isZero();
	}

	@Test
	void runThatHasFetchedEverythingIsNotSuccessful() throws Exception {
		scopes(2, 5);
		atStart("verdict");
		SyncEvent event = run();
		assertThat(this.script.target).hasSize(10);
		assertLost(event);
	}

	@Test
	void rejectIsNotRetried() throws Exception {
		SyncEvent failed = rejecting();
		atStart("retry");
		assertLost(restart(failed));
		assertThat(this.script.pushes).isEmpty();
		assertThat(waiting()).isOne();
	}

	@Test
	void rejectThatWasDeliveredStillWaits() throws Exception {
		SyncEvent failed = rejecting();
		this.script.afterPush = this::takeAway;
		assertLost(restart(failed));
		assertThat(this.script.pushes).hasSize(1);
		assertThat(waiting()).isOne();
	}

	@Test
	void missingRecordsAreNotDeleted() throws Exception {
		gone();
		atStart("deletes");
		SyncEvent event = run("FULL", "force");
		assertLost(event);
		assertThat(this.script.target).hasSize(10);
	}

	@Test
	void deletedRecordsStayInTheDeliveryIndex() throws Exception {
		gone();
		this.script.afterPush = () -> {
			if (this.script.target.size() < 10) {
				takeAway();
			}
		};
		SyncEvent event = run("FULL", "force");
		assertLost(event);
		assertThat(this.script.target).hasSize(9);
		assertThat(event.deleted()).isZero();
		assertThat(this.application.getBean(JdbcTemplate.class)
			.queryForObject("SELECT COUNT(*) FROM SYNC_DELIVERED_ROW", Integer.class)).isEqualTo(10);
	}

	@Test
	void anEndAfterTheLossIsNotStored() throws Exception {
		scopes(2, 5);
		Runnable once = once(this::close);
		this.application.getBean(ConfigurableTransactionManager.class).addListener(new TransactionExecutionListener() {

			@Override
			public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
				if (Stream.of(Thread.currentThread().getStackTrace())
					.anyMatch((frame) -> frame.getClassName().endsWith(".VerdictTasklet"))) {
					inAnotherThread(once);
				}
			}

		});
		JobExecution execution = this.operator.start(this.job, new JobParameters());
		assertThat(this.script.target).hasSize(10);
		assertLost(this.events.newest(LINK).orElseThrow());
		assertToldWhy(execution);
	}

	@Test
	void aWindowSetAfterTheLossIsNotStored() throws Exception {
		atStart("set");
		JobExecution execution = this.operator.start(this.job,
				new JobParametersBuilder().addString("mode", "SET", false)
					.addString("setTo", "2026-01-01T00:00:00Z", false)
					.toJobParameters());
		assertLost(this.events.newest(LINK).orElseThrow());
		assertToldWhy(execution);
	}

	@Test
	void runThatIsStoredTooLateIsNotBegun() throws Exception {
		scopes(1, 5);
		this.script.jobCreated = () -> this.application.getBean(JdbcTemplate.class)
			.update("UPDATE SYNC_LEASE SET TOKEN = TOKEN + 1");
		assertThatExceptionOfType(LeaseLostException.class)
			.isThrownBy(() -> this.operator.start(this.job, new JobParameters()));
		SyncEvent event = this.events.newest(LINK).orElseThrow();
		assertThat(event.endedAt()).as("nobody else would ever end it").isNotNull();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(execution(event).getStepExecutions()).isEmpty();
	}

	@Test
	void noStepIsBegunAfterwards() throws Exception {
		scopes(2, 5);
		this.script.fetch = (source, context, scope) -> {
			takeAway();
			return Script.records(0, 5);
		};
		SyncEvent event = run();
		assertThat(execution(event).getStepExecutions()).extracting(StepExecution::getStepName)
			.contains("lanes")
			.doesNotContain("retry", "deletes", "verdict");
	}

	@Test
	void aStepThatWasCreatedTooLateIsNotStarted() throws Exception {
		scopes(1, 5);
		this.script.stepCreation = (step) -> {
			if (step.equals("verdict")) {
				inAnotherThread(this::close);
			}
		};
		SyncEvent event = run();
		assertLost(event);
		assertThat(execution(event).getStepExecutions())
			.filteredOn((step) -> List.of("deletes", "verdict").contains(step.getStepName()))
			.allSatisfy((step) -> {
				assertThat(step.getStatus()).isEqualTo(BatchStatus.FAILED);
				assertThat(step.getEndTime()).as("nobody else would ever end it").isNotNull();
			})
			.extracting((step) -> step.getExitStatus().getExitDescription())
			.containsExactly("its end was not stored", "the Link was lost before the step started");
	}

	@Test
	void theFirstStepIsNotStartedByAProcessWhoseClockStoodStill() throws Exception {
		scopes(1, 5);
		this.script.stepCreation = (step) -> inAnotherThread(
				() -> this.application.getBean(JdbcTemplate.class).update("UPDATE SYNC_LEASE SET TOKEN = TOKEN + 1"));
		SyncEvent event = run();
		assertThat(event.success()).isFalse();
		assertThat(execution(event).getStepExecutions()).singleElement()
			.extracting((step) -> step.getExitStatus().getExitDescription())
			.isEqualTo("the Link was lost before the step started");
		assertThat(this.script.target).isEmpty();
	}

	@Test
	void callerOfTheRunLearnsWhyItEnded() throws Exception {
		scopes(1, 5);
		this.script.plan = (source, context) -> {
			takeAway();
			return FetchStrategy.scopes(List.of("0"));
		};
		JobExecution execution = this.operator.start(this.job, new JobParameters());
		assertToldWhy(execution);
	}

	private static void assertToldWhy(JobExecution execution) {
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(execution.getExitStatus().getExitCode()).isEqualTo("ABORTED");
		assertThat(execution.getExitStatus().getExitDescription()).contains("no longer holds Link 'people'",
				"another run may have begun");
	}

	@Test
	void targetThatChecksTheLeaseBeforeItsCommitCommitsNothing() throws Exception {
		scopes(1, 5);
		this.script.beforePush = () -> {
			takeAway();
			RunContext.checkBeforeCommit();
		};
		assertLost(run());
		assertThat(this.script.target).isEmpty();
	}

	@Test
	void leaseCheckOfATargetAsksTheDatabaseAndNotAClockThatStoodStill() throws Exception {
		scopes(1, 5);
		this.script.beforePush = () -> {
			this.application.getBean(JdbcTemplate.class).update("UPDATE SYNC_LEASE SET TOKEN = TOKEN + 1");
			RunContext.checkBeforeCommit();
		};
		assertThat(run().success()).isFalse();
		assertThat(this.script.target).isEmpty();
	}

	@Test
	void leaseThatIsAboutToEndIsRenewedBeforeTheTargetCommits() throws Exception {
		scopes(1, 5);
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		Instant now = this.application.getBean(RunTransactions.class).now();
		LocalDateTime soon = utc(now.plusSeconds(2));
		List<Boolean> renewed = new ArrayList<>();
		this.script.beforePush = () -> {
			jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ?", soon);
			RunContext.checkBeforeCommit();
			renewed.add(jdbc.queryForObject("SELECT EXPIRES_AT > ? FROM SYNC_LEASE", Boolean.class, soon));
			assertThat(RunContext.commitLimit()).hasMillis(2500);
		};
		assertThat(run().success()).isTrue();
		assertThat(renewed).containsExactly(true);
	}

	@Test
	void oldVersionWrittenByASuspendedProcessIsOverwrittenByTheNextRun() throws Exception {
		scopes(1, 5);
		SyncEvent first = run();
		source("old");
		SyncEvent sleeper = sleeping("DELTA", () -> {
			source("new");
			return start(this.other, "DELTA");
		});
		assertLost(sleeper);
		assertThat(this.script.target.get(3)).containsEntry("name", "old");
		assertThat(this.events.nextWindow(LINK).sync()).isEqualTo(first.runTimestamp());

		this.script.poison.add(4);
		SyncEvent failed = run();
		this.script.poison.clear();
		SyncEvent done = run();

		assertThat(failed.windowStart()).isEqualTo(first.runTimestamp());
		assertThat(failed.warnings()).singleElement()
			.asString()
			.contains("event %d may have written records after it had lost the Link".formatted(sleeper.id()));
		assertThat(done.windowStart()).as("the run before failed").isEqualTo(first.runTimestamp());
		assertThat(done.success()).isTrue();
		assertThat(this.script.target.values()).allSatisfy((row) -> assertThat(row).containsEntry("name", "new"));
		assertThat(run().windowStart()).isEqualTo(done.runTimestamp());
	}

	@Test
	void recordDeletedByASuspendedProcessAfterItsReturnIsWrittenByTheNextRun() throws Exception {
		gone();
		SyncEvent sleeper = sleeping("FULL", () -> {
			scopes(1, 10);
			return start(this.other, "FULL");
		});
		assertLost(sleeper);
		assertThat(this.script.target).hasSize(9);
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).hasSize(10);
	}

	@Test
	void runThatLostItsLinkBeforeItsFirstWriteWidensNoWindow() throws Exception {
		scopes(1, 5);
		SyncEvent first = run();
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			takeAway();
			return fetch.fetchRecords(source, context, scope);
		};
		assertLost(run());
		assertThat(this.application.getBean(JdbcTemplate.class)
			.queryForObject("SELECT COUNT(*) FROM SYNC_LATE_WRITE", Integer.class)).isZero();
		assertThat(this.events.nextWindow(LINK).sync()).isEqualTo(first.runTimestamp());
	}

	private void source(String name) {
		this.script.fetch = (source, context, scope) -> IntStream.range(0, 5)
			.mapToObj((id) -> new RecordInFlight(Map.of("id", id, "name", name)).identifiedBy(List.of("id")))
			.toList();
	}

	/**
	 * A run that falls asleep when its target is about to write, and wakes up after
	 * another.
	 */
	private SyncEvent sleeping(String mode, Callable<SyncEvent> meanwhile) throws Exception {
		this.other = startAnother();
		this.script.beforePush = once(() -> {
			takeAway();
			try {
				assertThat(meanwhile.call().success()).isTrue();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		try {
			return run(mode, "force");
		}
		finally {
			this.other.close();
		}
	}

	private SyncEvent start(ConfigurableApplicationContext application, String mode) throws Exception {
		Job job = application.getBeansOfType(Job.class)
			.values()
			.stream()
			.filter((bean) -> bean.getName().equals(LINK))
			.findFirst()
			.orElseThrow();
		JobExecution execution = application.getBean(JobOperator.class)
			.start(job, new JobParametersBuilder().addString("mode", mode, false).toJobParameters());
		return this.events.find(execution.getJobInstanceId()).orElseThrow();
	}

	private static LocalDateTime utc(Instant instant) {
		return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

	/** A run with a reject, which a restart of it delivers. */
	private SyncEvent rejecting() throws Exception {
		scopes(1, 5);
		this.script.poison.add(3);
		SyncEvent failed = run();
		this.script.poison.clear();
		this.script.pushes.clear();
		return failed;
	}

	/** A source that has one record less than the target. */
	private void gone() throws Exception {
		scopes(1, 10);
		assertThat(run().success()).isTrue();
		scopes(1, 9);
	}

	private void assertLost(SyncEvent event) {
		assertThat(event.status()).as(event.toString()).isEqualTo(Status.CRASHED);
		assertThat(event).as("the run changes nothing of how it was closed").isEqualTo(this.closed);
		assertThat(this.events.lastSuccess(LINK).sync()).isNotEqualTo(event.runTimestamp());
	}

	private int waiting() {
		return this.application.getBean(JdbcTemplate.class)
			.queryForObject("SELECT COUNT(*) FROM SYNC_REJECT WHERE STATE = '" + Reject.State.OPEN + "'",
					Integer.class);
	}

	/** Takes the Link away when the start of a step is stored. */
	private void atStart(String name) {
		Runnable once = once(this::takeAway);
		this.script.stepUpdate = (step) -> {
			if (step.getStepName().equals(name) && step.getStatus() == BatchStatus.STARTED) {
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						inAnotherThread(once);
					}

				});
			}
		};
	}

	/** Outside of the transaction of this thread. */
	private static void inAnotherThread(Runnable action) {
		CompletableFuture.runAsync(action).join();
	}

	private static Runnable once(Runnable action) {
		AtomicBoolean done = new AtomicBoolean();
		return () -> {
			if (done.compareAndSet(false, true)) {
				action.run();
			}
		};
	}

	/** As of a process that was asleep for longer than its lease. */
	private void takeAway() {
		Lease lease = this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow().lease();
		close();
		await(lease::isLost);
	}

	/** What another process does that finds the lease ended. */
	private void close() {
		this.application.getBean(JdbcTemplate.class).update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
		SyncEvent dead = this.events.newest(LINK).orElseThrow();
		this.operator.recover(execution(dead));
		this.closed = this.events.find(dead.id()).orElseThrow();
	}

}
