package io.deltasync.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RunContext;
import io.deltasync.event.LinkChangedException;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.Watermark;
import io.deltasync.event.retention.Prune;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.link.Retention;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A window that a person sets.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
class WindowIT extends ScriptedRuns {

	private static final Instant BACK = Instant.parse("2026-01-02T03:04:05.678901Z");

	WindowIT() {
		super("scriptedSource");
	}

	private SyncEvent set(Instant to) throws Exception {
		JobExecution execution = this.operator.start(this.job,
				new JobParametersBuilder().addString("mode", "SET", false)
					.addString("setTo", to.toString(), false)
					.toJobParameters());
		return this.events.find(execution.getJobInstanceId()).orElseThrow();
	}

	private SyncEvent successWithCursor(String cursor) throws Exception {
		this.script.plan = (source, context) -> {
			RunContext.currentContext().setCursor(cursor);
			return FetchStrategy.noRecords();
		};
		SyncEvent event = run();
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
		return event;
	}

	private void offline() {
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("offline");
		};
	}

	@Test
	void setWindowIsWhatTheNextRunAsksFor() throws Exception {
		successWithCursor("c1");
		SyncEvent set = set(BACK);
		this.script.contexts.clear();
		SyncEvent next = run();
		assertThat(set.mode()).isEqualTo(Mode.SET);
		assertThat(set.success()).isTrue();
		assertThat(set.windowStart()).isEqualTo(BACK);
		assertThat(set.cursorBefore()).isEqualTo("c1");
		assertThat(set.cursorAfter()).isNull();
		assertThat(set.errors()).isEmpty();
		assertThat(next.windowStart()).isEqualTo(BACK);
		assertThat(this.script.contexts).singleElement().satisfies((context) -> {
			assertThat(context.lastSuccessfulSync()).isEqualTo(BACK);
			assertThat(context.lastSuccessfulCursor()).isNull();
			assertThat(context.isFullRun()).isFalse();
		});
	}

	@Test
	void setWindowCountsUntilALaterRunIsSuccessful() throws Exception {
		successWithCursor("c1");
		SyncEvent set = set(BACK);
		offline();
		run();
		run("FULL");
		assertThat(run().windowStart()).isEqualTo(BACK);
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(BACK, null, set.runTimestamp()));
		assertThat(this.events.runsSince(LINK, this.events.lastSuccess(LINK))).isEqualTo(3);
		SyncEvent success = successWithCursor("c2");
		assertThat(success.windowStart()).isEqualTo(BACK);
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(success.runTimestamp(), "c2"));
	}

	@Test
	void testingRunLeavesASetWindowAsItIs() throws Exception {
		SyncEvent set = set(BACK);
		runTesting();
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(BACK, null, set.runTimestamp()));
	}

	@Test
	void windowOfALinkThatWasNeverRunCanBeSet() throws Exception {
		set(BACK);
		assertThat(run().windowStart()).isEqualTo(BACK);
	}

	@Test
	void runTimestampsIncreaseWhateverTheWindowIsSetTo() throws Exception {
		SyncEvent first = run();
		SyncEvent set = set(first.runTimestamp());
		assertThat(set.runTimestamp()).isAfter(first.runTimestamp());
		assertThat(run().runTimestamp()).isAfter(set.runTimestamp());
	}

	@Test
	void runTimestampsIncreaseAlthoughTheClockWasSetBack() throws Exception {
		SyncEvent first = run();
		Instant ahead = first.runTimestamp().plus(1, ChronoUnit.HOURS);
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.update("UPDATE BATCH_JOB_INSTANCE SET JOB_KEY = ? WHERE JOB_INSTANCE_ID = ?", RunParameters.format(ahead),
				first.id());
		jdbc.update("UPDATE BATCH_JOB_EXECUTION_PARAMS SET PARAMETER_VALUE = ? WHERE PARAMETER_NAME = ?",
				ahead.toString(), RunParameters.RUN_TIMESTAMP);
		SyncEvent next = run();
		assertThat(next.runTimestamp()).isEqualTo(ahead.plus(1, ChronoUnit.MICROS));
		assertThat(this.events.newest(LINK)).map(SyncEvent::id).contains(next.id());
	}

	@Test
	void windowIsNotSetWhileTheLinkRuns() throws Exception {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.script.plan = (source, context) -> {
			inside.countDown();
			go.await();
			return FetchStrategy.noRecords();
		};
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			Future<SyncEvent> running = thread.submit(() -> run());
			inside.await();
			assertThatExceptionOfType(LinkBusyException.class).isThrownBy(() -> set(BACK))
				.withMessageContaining("is busy");
			go.countDown();
			SyncEvent run = running.get();
			assertThat(this.events.newest(LINK, 10)).extracting(SyncEvent::id).containsExactly(run.id());
		}
		finally {
			go.countDown();
			thread.shutdown();
		}
	}

	@Test
	void windowIsNotSetToTheFuture() {
		assertThatExceptionOfType(InvalidJobParametersException.class)
			.isThrownBy(() -> set(Instant.now().plus(1, ChronoUnit.DAYS)))
			.withMessageContaining("Link 'people'")
			.withMessageContaining("future");
		assertThat(this.events.newest(LINK)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "SET,,setTo is missing", "DELTA,2026-01-01T00:00:00Z,mode=SET is missing",
			"SET,yesterday,setTo=yesterday is not a time" })
	void parametersThatDoNotFitAreRefused(String mode, String setTo, String message) {
		JobParametersBuilder parameters = new JobParametersBuilder().addString("mode", mode, false);
		if (setTo != null) {
			parameters.addString("setTo", setTo, false);
		}
		assertThatExceptionOfType(InvalidJobParametersException.class)
			.isThrownBy(() -> this.operator.start(this.job, parameters.toJobParameters()))
			.withMessageContaining(message);
	}

	@Test
	void unfinishedEventOfADeadProcessSetsNoWindow() throws Exception {
		SyncEvent first = successWithCursor("c1");
		SyncEvent set = set(BACK);
		kill(set);
		this.application.getBean(JdbcTemplate.class).update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(first.runTimestamp(), "c1"));
		assertThat(run().windowStart()).isEqualTo(first.runTimestamp());
		assertThat(this.events.find(set.id()).orElseThrow().status()).isEqualTo(Status.CRASHED);
	}

	@Test
	void setWindowOutlivesItsEvent() throws Exception {
		SyncEvent set = set(BACK);
		offline();
		run();
		SyncEvent newest = run();
		Watermark before = this.events.lastSuccess(LINK);
		this.application.getBean(Prune.class)
			.prune(List.of(LINK), new Retention(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO), false);
		assertThat(this.events.newest(LINK, 10)).extracting(SyncEvent::id).containsExactly(newest.id(), set.id());
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void deltaIsRefusedAfterSourceOrTargetWasReplacedUntilAFullRunSucceeds(boolean source) throws Exception {
		SyncEvent success = successWithCursor("c1");
		move(source, "elsewhere");
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(this::run)
			.withMessageContaining("Link 'people'")
			.withMessageContaining("'elsewhere'")
			.withMessageContaining("run people --full")
			.withMessageContaining("window people --keep");
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(this::runTesting);
		assertThat(this.events.newest(LINK, 10)).as("nothing was started")
			.extracting(SyncEvent::id)
			.containsExactly(success.id());
		offline();
		run("FULL");
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(this::run);
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(success.runTimestamp(), "c1"));
		this.script.plan = (adapter, context) -> FetchStrategy.noRecords();
		SyncEvent full = run("FULL");
		assertThat(full.success()).isTrue();
		assertThat(run().windowStart()).isEqualTo(full.runTimestamp());
		move(source, null);
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(this::run);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void deltaOfALinkThatWasChangedBackContinuesFromItsWindow(boolean source) throws Exception {
		SyncEvent success = successWithCursor("c1");
		move(source, "elsewhere");
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(this::run);
		move(source, null);
		assertThat(run().windowStart()).isEqualTo(success.runTimestamp());
	}

	@Test
	void keptWindowIsThatOfTheNewAddress() throws Exception {
		SyncEvent success = successWithCursor("c1");
		move(true, "elsewhere");
		SyncEvent kept = keep();
		assertThat(kept.mode()).isEqualTo(Mode.SET);
		assertThat(kept.success()).isTrue();
		assertThat(kept.windowStart()).isEqualTo(success.runTimestamp());
		assertThat(kept.cursorBefore()).isEqualTo("c1");
		assertThat(kept.cursorAfter()).isEqualTo("c1");
		assertThat(kept.warnings()).singleElement().asString().contains("the source is 'elsewhere'");
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(success.runTimestamp(), "c1"));
		offline();
		assertThat(run().windowStart()).isEqualTo(success.runTimestamp());
		this.script.plan = (adapter, context) -> FetchStrategy.noRecords();
		SyncEvent next = run();
		assertThat(next.windowStart()).isEqualTo(success.runTimestamp());
		assertThat(next.cursorBefore()).isEqualTo("c1");
		assertThat(run().windowStart()).isEqualTo(next.runTimestamp());
		move(true, null);
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(this::run);
	}

	@Test
	void windowThatWasSetAndKeptCountsAsSet() throws Exception {
		successWithCursor("c1");
		SyncEvent set = set(BACK);
		move(false, "elsewhere");
		keep();
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(BACK, null, set.runTimestamp()));
		assertThat(run().windowStart()).isEqualTo(BACK);
	}

	@Test
	void setWindowBelongsToTheAddressesAtThatTime() throws Exception {
		run();
		move(false, "elsewhere");
		set(BACK);
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(this::run);
		keep();
		assertThat(run().windowStart()).isEqualTo(BACK);
	}

	@Test
	void missingWindowIsNotKept() {
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(this::keep)
			.withMessageContaining("no run was successful yet");
	}

	@Test
	void windowWithoutAStoredAddressIsContinuedAndItsAddressStored() throws Exception {
		SyncEvent success = successWithCursor("c1");
		int forgotten = this.application.getBean(JdbcTemplate.class)
			.update("DELETE FROM BATCH_JOB_EXECUTION_PARAMS WHERE PARAMETER_NAME IN ('identity', "
					+ "'lastSuccessfulIdentity')");
		assertThat(forgotten).isPositive();
		move(true, "elsewhere");
		assertThat(run().windowStart()).isEqualTo(success.runTimestamp());
		move(true, "yet elsewhere");
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(this::run);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DELTA", "FULL" })
	void runOverAnotherTargetIsNeitherRestartedNorReplayed(String mode) throws Exception {
		scopes(2, 5);
		this.script.poison.add(3);
		SyncEvent failed = run(mode);
		assertThat(failed.success()).isFalse();
		this.script.poison.clear();
		move(false, "elsewhere");
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(() -> restart(failed))
			.withMessageContaining("event %d".formatted(failed.id()))
			.withMessageContaining("run people --full");
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(() -> replay(failed));
		move(false, null);
		assertThat(restart(failed).success()).isTrue();
	}

	@Test
	void adapterThatCannotIdentifyItsSourcePreventsTheStart() {
		this.script.sourceIdentity = "broken";
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(this::run)
			.withMessageContaining("Link 'people': the source adapter")
			.withMessageContaining("no idea");
		assertThat(this.events.newest(LINK)).isEmpty();
	}

	private void move(boolean source, @Nullable String to) {
		if (source) {
			this.script.sourceIdentity = to;
		}
		else {
			this.script.targetIdentity = to;
		}
	}

	private SyncEvent keep() throws Exception {
		return run("SET", "keep");
	}

	@ParameterizedTest
	@ValueSource(strings = { "DELTA", "FULL" })
	void scopesFromBeforeASetWindowAreNotReplayed(String mode) throws Exception {
		scopes(4, 5);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("2")) {
				throw new IllegalStateException("corrupt");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent before = run(mode);
		this.script.fetch = fetch;
		run(mode);
		set(BACK);
		this.script.fetched.clear();
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> replay(before))
			.withMessageContaining("nothing of event %d is left to replay".formatted(before.id()));
		assertThat(this.script.fetched).isEmpty();
	}

}
