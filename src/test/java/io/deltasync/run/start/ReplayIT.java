package io.deltasync.run.start;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.Watermark;
import io.deltasync.lease.Lease;
import io.deltasync.lease.Leases;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Reject.State;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.plan.ReplayPlan;
import io.deltasync.scope.FailedScopes;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.scope.ScopeProgress;
import io.deltasync.testing.BreakingRecords;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobRestartException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a replay brings again, and what not.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
class ReplayIT extends ScriptedRuns {

	ReplayIT() {
		super("scriptedSource", "deltasync.links.people.quarantine-after=2", "deltasync.links.people.mask=secret");
	}

	@Test
	void replayFetchesFailedScopesAndDeliversRejectsAsAnEventOfItsOwn() throws Exception {
		scopes(6, 5);
		Script.Fetch fetch = breaking("2", "4");
		this.script.poison.add(7);
		SyncEvent failed = run();
		assertThat(failed.scopes()).isEqualTo(new ScopeCounts(6, 4, 2));
		assertThat(failed.replayOf()).isNull();
		fix(fetch);

		SyncEvent replay = replay(failed);

		assertThat(replay.success()).as(replay.toString()).isTrue();
		assertThat(replay.id()).isNotEqualTo(failed.id());
		assertThat(replay.mode()).isEqualTo(Mode.REPLAY);
		assertThat(replay.replayOf()).isEqualTo(failed.id());
		assertThat(replay.strategy()).isEqualTo("SCOPES");
		assertThat(replay.scopes()).isEqualTo(new ScopeCounts(2, 2, 0));
		assertThat(replay.records()).isEqualTo(new RecordCounts(11, 11, 0, 0, 0, 0, 0, 0));
		assertThat(replay.warnings()).isEmpty();
		assertThat(this.script.fetched).containsExactlyInAnyOrder("2", "4");
		assertThat(this.script.contexts).as("the adapter is not asked for a plan").hasSize(1);
		assertThat(this.script.target).hasSize(30);
		assertThat(waiting()).isEmpty();
		assertThat(this.events.find(failed.id()).orElseThrow()).as("what happened stays as it was")
			.usingRecursiveComparison()
			.isEqualTo(failed);
	}

	@Test
	void adapterAndFiltersSeeTheReplayAndTheWindowOfTheReplayedRun() throws Exception {
		scopes(1, 5);
		Script.Fetch fetch = this.script.fetch;
		setCursor("a");
		SyncEvent first = run();
		breaking("0");
		SyncEvent failed = run();
		List<LinkContext> contexts = new ArrayList<>();
		this.script.fetch = (source, context, scope) -> {
			contexts.add(context);
			RunContext.currentContext().setCursor("from a replay");
			return fetch.fetchRecords(source, context, scope);
		};

		SyncEvent replay = replay(failed);

		assertThat(contexts).singleElement().satisfies((context) -> {
			assertThat(context.isReplay()).isTrue();
			assertThat(context.isFullRun()).isFalse();
			assertThat(context.lastSuccessfulSync()).isEqualTo(first.runTimestamp());
			assertThat(context.lastSuccessfulCursor()).isEqualTo("a");
			assertThat(context.runTimestamp()).isEqualTo(replay.runTimestamp());
		});
		assertThat(replay.success()).isTrue();
		assertThat(replay.cursorAfter()).isNull();
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(first.runTimestamp(), "a"));
		this.script.fetch = fetch;
		SyncEvent next = run();
		assertThat(next.windowStart()).isEqualTo(first.runTimestamp());
		assertThat(next.cursorBefore()).isEqualTo("a");
	}

	@Test
	void replayOfAnOldEventDoesNotMoveTheWindowBack() throws Exception {
		scopes(1, 5);
		setCursor("a");
		this.script.poison.add(2);
		SyncEvent failed = run();
		acknowledge();
		SyncEvent later = run();
		assertThat(later.success()).isTrue();
		this.script.poison.clear();

		SyncEvent replay = replay(failed);

		assertThat(replay.success()).isTrue();
		assertThat(replay.records()).isEqualTo(new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		assertThat(replay.windowStart()).isNull();
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(later.runTimestamp(), "a"));
		assertThat(run().windowStart()).isEqualTo(later.runTimestamp());
	}

	@Test
	void recordThatWasDeliveredSinceItsRejectionIsNotOverwritten() throws Exception {
		scopes(1, 5);
		this.script.poison.addAll(List.of(2, 3));
		SyncEvent failed = run();
		this.script.poison.remove(2);
		this.script.fetch = (source, context, scope) -> List.of(record(2, "new name"), record(3, "newer, too"));
		SyncEvent later = run();
		assertThat(later.records().written()).isEqualTo(1);
		this.script.poison.clear();

		SyncEvent replay = replay(failed);

		assertThat(replay.records()).isEqualTo(new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.target.get(2)).containsEntry("name", "new name");
		assertThat(this.script.target.get(3)).containsEntry("name", "newer, too");
		assertThat(waiting()).isEmpty();
	}

	@Test
	void recordThatMayHaveBeenDeliveredByARunThatDiedIsNotOverwritten() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		SyncEvent failed = run();
		this.script.poison.clear();
		this.script.fetch = (source, context, scope) -> List.of(record(2, "new name"));
		this.script.beforePush = () -> this.script.target.put(2, Map.of("id", 2, "name", "new name"));
		this.script.targetDown = new IllegalStateException(new ConnectException("gone while it wrote"));
		SyncEvent broken = run();
		assertThat(broken.status()).isEqualTo(Status.ABORTED);
		kill(broken);
		this.script.targetDown = null;
		this.script.beforePush = () -> {
		};
		assertThat(waiting()).hasSize(1);

		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> replay(failed))
			.withMessageContaining("nothing of event " + failed.id() + " is left to replay")
			.withMessageContaining("cannot be retried separately: 1");

		assertThat(this.script.target.get(2)).containsEntry("name", "new name");
		assertThat(this.events.newest(LINK, 10)).hasSize(2);
	}

	@Test
	void rejectsCanBeReplayedAgainAfterALaterRunHasMetThem() throws Exception {
		scopes(2, 5);
		this.script.poison.addAll(List.of(2, 7));
		SyncEvent failed = run();
		this.script.targetDown = new IllegalStateException(new ConnectException("no route"));
		run();
		this.script.targetDown = null;
		this.script.poison.remove(7);
		SyncEvent complete = run();
		assertThat(complete.status()).isEqualTo(Status.COMPLETED);
		this.script.poison.clear();

		SyncEvent replay = replay(failed);

		assertThat(replay.records()).isEqualTo(new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		assertThat(waiting()).isEmpty();
	}

	@Test
	void recordsWithoutAScopeCauseAWarningAndTheirRejectsAreDelivered() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> new BreakingRecords(0, 60);
		this.script.poison.add(3);
		SyncEvent failed = run();
		assertThat(failed.scopes().failed()).isEqualTo(1);
		this.script.fetched.clear();
		this.script.poison.clear();

		SyncEvent replay = replay(failed);

		assertThat(replay.success()).isTrue();
		assertThat(replay.strategy()).isEqualTo("NO_RECORDS");
		assertThat(replay.warnings()).singleElement()
			.asString()
			.contains("event " + failed.id(), "IMMEDIATE", "run the Link");
		assertThat(replay.records()).isEqualTo(new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.fetched).isEmpty();
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> replay(failed))
			.withMessageContaining("IMMEDIATE");
	}

	@Test
	void repeatedFailureFailsTheReplayWhichCanBeRestartedOrReplayed() throws Exception {
		scopes(6, 5);
		Script.Fetch fetch = breaking("2", "4");
		this.script.poison.addAll(List.of(7, 28));
		SyncEvent failed = run();
		this.script.fetch = fetch;
		breaking("4");
		this.script.poison.remove(28);

		SyncEvent replay = replay(failed);

		assertThat(replay.status()).isEqualTo(Status.COMPLETED);
		assertThat(replay.success()).as(replay.toString()).isFalse();
		assertThat(replay.scopes()).isEqualTo(new ScopeCounts(2, 1, 1));
		assertThat(replay.records()).isEqualTo(new RecordCounts(7, 6, 0, 1, 0, 0, 0, 0));
		assertThat(replay.errors()).extracting(SyncEvent.Failure::scope).contains(4L);
		fix(fetch);
		SyncEvent restarted = restart(replay);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.scopes()).isEqualTo(new ScopeCounts(2, 2, 0));
		assertThat(restarted.records()).isEqualTo(new RecordCounts(12, 12, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.fetched).containsExactly("4");
		assertThat(this.script.target).hasSize(30);
	}

	@Test
	void replayWhoseScopeFailsAgainSucceedsOnceItIsRestarted() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		this.script.fetch = (source, context, scope) -> scope.equals("1") ? Script.records(50, 60)
				: new BreakingRecords(0, 50);
		this.script.poison.addAll(List.of(5, 50));
		SyncEvent failed = run();
		this.script.fetch = (source, context, scope) -> {
			throw new IllegalStateException("broken at once");
		};
		SyncEvent replay = replay(failed);
		assertThat(replay.records()).as("both are tried alone").isEqualTo(new RecordCounts(2, 0, 0, 2, 0, 0, 0, 0));
		this.script.fetch = (source, context, scope) -> Script.records(0, 50);
		SyncEvent again = restart(replay);
		assertThat(again.records()).isEqualTo(new RecordCounts(51, 49, 0, 2, 0, 0, 0, 0));
		assertThat(again.errors()).extracting(SyncEvent.Failure::key).containsExactlyInAnyOrder("5", "50");
		this.script.poison.clear();
		SyncEvent done = restart(again);
		assertThat(done.success()).as(done.toString()).isTrue();
		assertThat(done.records()).isEqualTo(new RecordCounts(51, 51, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void replayOfAReplayDeliversWhatTheFirstOneLeft() throws Exception {
		scopes(3, 5);
		Script.Fetch fetch = breaking("1", "2");
		this.script.poison.add(0);
		SyncEvent failed = run();
		this.script.fetch = fetch;
		breaking("2");
		SyncEvent first = replay(failed);
		fix(fetch);

		SyncEvent second = replay(first);

		assertThat(second.success()).isTrue();
		assertThat(second.replayOf()).isEqualTo(first.id());
		assertThat(second.records()).isEqualTo(new RecordCounts(6, 6, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.fetched).containsExactly("2");
		assertThat(this.script.target).hasSize(15);
	}

	@Test
	void replayThatIsKilledOrStoppedIsRestartedLikeAnyRun() throws Exception {
		scopes(12, 60);
		Script.Fetch fetch = breaking("1", "3", "5", "7", "9", "11");
		this.script.poison.add(0);
		SyncEvent failed = run();
		fix(fetch);
		stopAtFirstPush();
		SyncEvent stopped = replay(failed);
		assertThat(stopped.status()).isEqualTo(Status.STOPPED);
		kill(stopped);

		SyncEvent restarted = restart(stopped);

		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.scopes()).isEqualTo(new ScopeCounts(6, 6, 0));
		assertThat(restarted.records()).isEqualTo(new RecordCounts(361, 361, 0, 0, 0, 0, 0, 0));
		assertThat(this.script.target).hasSize(720);
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(Watermark.NONE);
	}

	@Test
	void replayThatIsStoppedBeforeItTriedAllRejectsIsNotSuccessful() throws Exception {
		scopes(1, 60);
		IntStream.range(0, 60).forEach(this.script.poison::add);
		SyncEvent failed = run();
		this.script.poison.clear();
		stopAtFirstPush();

		SyncEvent stopped = replay(failed);

		assertThat(stopped.status()).isEqualTo(Status.STOPPED);
		assertThat(stopped.records()).isEqualTo(new RecordCounts(50, 50, 0, 0, 0, 0, 0, 0));
		SyncEvent restarted = restart(stopped);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.records()).isEqualTo(new RecordCounts(60, 60, 0, 0, 0, 0, 0, 0));
	}

	private void stopAtFirstPush() {
		AtomicBoolean called = new AtomicBoolean();
		this.script.beforePush = () -> {
			if (called.compareAndSet(false, true)) {
				this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow().requestStop();
			}
		};
	}

	@Test
	void planIsWrittenInSmallTransactionsAndContinuesWhereItWasKilled() throws Exception {
		int count = 2 * FailedScopes.MAX_REQUEUED + 100;
		scopes(count, 1);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			throw new IllegalStateException("corrupt");
		};
		SyncEvent failed = run();
		this.script.limits.add(0);
		SyncEvent replay = replay(failed);
		assertThat(replay.status()).isEqualTo(Status.ABORTED);

		assertThatIllegalStateException().isThrownBy(() -> planAndDie(replay, 1)).withMessage("killed");
		ScopeProgress progress = this.application.getBean(RunTables.class).progress();
		assertThat(progress.find(replay.id()).scopes().total()).as("the first transaction, and no other")
			.isEqualTo(FailedScopes.MAX_REQUEUED);
		assertThatIllegalStateException().isThrownBy(() -> planAndDie(replay, 1));

		fix(fetch);
		SyncEvent restarted = restart(replay);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.scopes()).isEqualTo(new ScopeCounts(count, count, 0));
		assertThat(this.script.fetched).hasSize(count).doesNotHaveDuplicates();
		assertThat(this.script.target).hasSize(count);
	}

	@Test
	void scopesThatALaterSuccessFetchedAgainAreNotReplayed() throws Exception {
		scopes(2, 5);
		Script.Fetch fetch = breaking("1");
		this.script.poison.add(0);
		SyncEvent failed = run();
		fix(fetch);
		this.script.poison.add(0);
		acknowledge();
		assertThat(run().success()).isTrue();
		this.script.fetched.clear();
		this.script.poison.clear();

		SyncEvent replay = replay(failed);

		assertThat(replay.records()).isEqualTo(new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		assertThat(replay.warnings()).singleElement().asString().contains("a later run has fetched its window");
		assertThat(this.script.fetched).isEmpty();
	}

	@Test
	void scopesOfARunBeforeTheWindowWasSetAreNotReplayed() throws Exception {
		scopes(2, 5);
		breaking("1");
		this.script.poison.add(0);
		SyncEvent failed = run("FULL");
		this.script.poison.clear();
		this.operator.start(this.job,
				new JobParametersBuilder().addString("mode", "SET", false)
					.addString("setTo", failed.runTimestamp().plusNanos(1000).toString(), false)
					.toJobParameters());

		SyncEvent replay = replay(failed);

		assertThat(replay.records()).isEqualTo(new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		assertThat(replay.warnings()).singleElement().asString().contains("a later run has fetched its window");
	}

	@Test
	void scopesOfAFullRunAreReplayedThoughALaterDeltaWasSuccessful() throws Exception {
		run();
		scopes(2, 5);
		Script.Fetch fetch = breaking("1");
		SyncEvent failed = run("FULL");
		fix(fetch);
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
		SyncEvent delta = run();
		assertThat(delta.success()).isTrue();
		AtomicBoolean full = new AtomicBoolean();
		this.script.fetch = (source, context, scope) -> {
			full.set(context.isFullRun() && context.lastSuccessfulSync() == null);
			return fetch.fetchRecords(source, context, scope);
		};

		SyncEvent replay = replay(failed);

		assertThat(replay.scopes()).isEqualTo(new ScopeCounts(1, 1, 0));
		assertThat(full).isTrue();
		assertThat(this.events.lastSuccess(LINK).sync()).isEqualTo(delta.runTimestamp());
	}

	@Test
	void scopesOfAFullRunBeyondTheHistoryLimitAreNotReplayed() throws Exception {
		scopes(2, 5);
		breaking("1");
		SyncEvent full = run("FULL");
		scopes(2, 5);
		assertThat(run("FULL").success()).isTrue();
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
		for (int i = 0; i < 22; i++) {
			run();
		}
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> replay(full))
			.withMessageContaining("a later run has fetched its window");
	}

	@Test
	void replayDoesNotCountTowardsTheQuarantine() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		SyncEvent failed = run();
		replay(replay(failed));
		assertThat(waiting()).singleElement().satisfies((reject) -> {
			assertThat(reject.state()).isEqualTo(State.OPEN);
			assertThat(reject.attempts()).isEqualTo(1);
		});
		run();
		assertThat(waiting()).singleElement()
			.satisfies((reject) -> assertThat(reject.state()).isEqualTo(State.QUARANTINED));
	}

	@Test
	void maskedRejectsCauseAWarning() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> List
			.of(new RecordInFlight(Map.of("id", 1, "secret", "4711")).identifiedBy(List.of("id")), record(2, "b"));
		this.script.poison.addAll(List.of(1, 2));
		SyncEvent failed = run();
		this.script.poison.clear();

		SyncEvent replay = replay(failed);

		assertThat(replay.warnings()).singleElement()
			.asString()
			.contains("retried separately: 1", "rejects people --json");
		assertThat(this.script.target).containsOnlyKeys(2);
	}

	@Test
	void olderRunCannotBeRestartedAfterAReplayAndTheReasonIsGiven() throws Exception {
		scopes(2, 5);
		breaking("1");
		SyncEvent failed = run();
		SyncEvent replay = replay(failed);
		assertThatExceptionOfType(JobRestartException.class).isThrownBy(() -> restart(failed))
			.withMessageContaining("the replay of")
			.withMessageContaining("event " + replay.id());
	}

	@Test
	void rejectsAreReplayedHoweverManyRunsThereWereSince() throws Exception {
		scopes(1, 5);
		this.script.poison.add(3);
		SyncEvent failed = run();
		for (int i = 0; i < 20; i++) {
			runTesting();
		}
		this.script.poison.clear();
		assertThat(replay(failed).records().written()).isEqualTo(1);
		assertThat(waiting()).isEmpty();
	}

	@Test
	void eventThatCannotBeReplayedIsRefusedWithTheReason() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		SyncEvent failed = run();
		SyncEvent testing = runTesting();
		refused("there is no Sync Event 4711", "REPLAY", "4711", null);
		refused("there is no Sync Event abc", "REPLAY", "abc", null);
		refused("replayOf is missing", "REPLAY", null, null);
		refused("mode=REPLAY is missing", "DELTA", String.valueOf(failed.id()), null);
		refused("cannot be a testing run", "REPLAY", String.valueOf(failed.id()), "true");
		refused("it was a testing run", "REPLAY", String.valueOf(testing.id()), null);
		this.script.poison.clear();
		SyncEvent successful = run();
		refused("nothing of event " + successful.id() + " is left to replay", "REPLAY", String.valueOf(successful.id()),
				null);
		assertThat(this.events.newest(LINK, 10)).hasSize(3);
	}

	@Test
	void runThatHasNotEndedIsNotReplayed() throws Exception {
		AtomicInteger tried = new AtomicInteger();
		this.script.plan = (source, context) -> {
			long running = this.events.newest(LINK).orElseThrow().id();
			refused("it has not ended", "REPLAY", String.valueOf(running), null);
			tried.incrementAndGet();
			return FetchStrategy.noRecords();
		};
		assertThat(run().success()).isTrue();
		assertThat(tried).hasValue(1);
	}

	private void refused(String reason, String mode, String replayOf, String testing) {
		JobParametersBuilder parameters = new JobParametersBuilder().addString("mode", mode, false);
		if (replayOf != null) {
			parameters.addString("replayOf", replayOf, false);
		}
		if (testing != null) {
			parameters.addString("testing", testing, false);
		}
		assertThatExceptionOfType(InvalidJobParametersException.class)
			.isThrownBy(() -> this.operator.start(this.job, parameters.toJobParameters()))
			.withMessageContaining("Link 'people'")
			.withMessageContaining(reason);
	}

	/** Plans a replay and dies in one of the transactions, before it is committed. */
	private void planAndDie(SyncEvent replay, int transaction) throws Exception {
		RunTables tables = this.application.getBean(RunTables.class);
		Link link = this.application.getBean(Links.class).get(LINK);
		try (Lease lease = this.application.getBean(Leases.class).acquire(LINK)) {
			ActiveRun run = new ActiveRun(link, RunParameters.of(execution(replay).getJobParameters()), lease,
					this.application.getBean(RunTransactions.class).now());
			new ReplayPlan(tables.plans(), tables.pages(), tables.failedScopes(), tables.rejectsToDeliver(),
					dyingIn(transaction))
				.write(run, replay.id(), tables.plans().find(replay.id()));
		}
	}

	private void fix(Script.Fetch fetch) {
		this.script.fetch = fetch;
		this.script.poison.clear();
		this.script.fetched.clear();
	}

	private void setCursor(String cursor) {
		Script.Plan plan = this.script.plan;
		this.script.plan = (source, context) -> {
			RunContext.currentContext().setCursor(cursor);
			return plan.planFetch(source, context);
		};
	}

	private List<Reject> waiting() {
		return this.application.getBean(RunTables.class).rejects().waiting(LINK, 100);
	}

	private static RecordInFlight record(int id, String name) {
		return new RecordInFlight(Map.of("id", id, "name", name)).identifiedBy(List.of("id"));
	}

}
