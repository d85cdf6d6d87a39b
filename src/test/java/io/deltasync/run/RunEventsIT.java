package io.deltasync.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.deltasync.api.FetchStrategy;
import io.deltasync.event.Mode;
import io.deltasync.event.Outcome;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.run.RunEvent.Ended;
import io.deltasync.run.RunEvent.Failed;
import io.deltasync.run.RunEvent.Recovered;
import io.deltasync.run.RunEvent.Started;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a Spring application is told of its runs.
 */
@EachDatabase(TestDatabase.H2)
class RunEventsIT extends ScriptedRuns {

	private final List<RunEvent> published = new ArrayList<>();

	private Consumer<RunEvent> reaction;

	RunEventsIT() {
		super("scriptedSource");
	}

	@BeforeParameterizedClassInvocation
	void listen() {
		ApplicationListener<PayloadApplicationEvent<RunEvent>> listener = ApplicationListener.forPayload((event) -> {
			this.published.add(event);
			assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
			this.reaction.accept(event);
		});
		this.application.addApplicationListener(listener);
	}

	@BeforeEach
	void forgetPublished() {
		this.published.clear();
		this.reaction = (event) -> {
		};
	}

	@Test
	void successfulRunStartsAndEnds() throws Exception {
		scopes(2, 3);
		List<Status> stored = new ArrayList<>();
		this.reaction = (event) -> stored.add(this.events.find(event.event()).orElseThrow().status());

		SyncEvent event = run();

		long attempt = event.attempts().get(0).jobExecutionId();
		assertThat(this.published).containsExactly(
				new Started(LINK, event.id(), attempt, Mode.DELTA, false, event.runTimestamp()),
				new Ended(LINK, event.id(), attempt, Mode.DELTA, false, event.runTimestamp(), Outcome.COMPLETED, "",
						new RecordCounts(6, 6, 0, 0, 0, 0, 0, 0), new ScopeCounts(2, 2, 0)));
		assertThat(((Ended) this.published.get(1)).isSuccessful()).isTrue();
		assertThat(stored).containsExactly(Status.PLANNING, Status.COMPLETED);
	}

	@Test
	void listenerOfAnEndCanStartTheNextRun() throws Exception {
		this.reaction = (event) -> {
			if (event instanceof Ended && this.published.size() == 2) {
				runAside().join();
			}
		};

		run();

		assertThat(this.published).hasSize(4);
	}

	@Test
	void runWithFailedScopesAndAbortedRunFail() throws Exception {
		scopes(2, 3);
		breaking("1");

		SyncEvent incomplete = run();

		assertThat(this.published).extracting(Object::getClass)
			.containsExactly(Started.class, Ended.class, Failed.class);
		assertThat(this.published.get(2))
			.isEqualTo(new Failed(LINK, incomplete.id(), incomplete.attempts().get(0).jobExecutionId(), Mode.DELTA,
					false, incomplete.runTimestamp(), Outcome.COMPLETED_WITH_FAILURES, "1 of 2 scopes failed",
					new RecordCounts(3, 3, 0, 0, 0, 0, 0, 0), new ScopeCounts(2, 1, 1)));

		this.published.clear();
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("no such table");
		};
		run("FULL");

		assertThat(this.published.get(0)).extracting(RunEvent::mode).isEqualTo(Mode.FULL);
		assertThat((Failed) this.published.get(2)).satisfies((failed) -> {
			assertThat(failed.outcome()).isEqualTo(Outcome.ABORTED);
			assertThat(failed.message()).contains("no such table");
			assertThat(failed.records()).isEqualTo(RecordCounts.NONE);
		});
	}

	@Test
	void restartIsAnotherAttemptOfTheSameEvent() throws Exception {
		scopes(2, 3);
		Script.Fetch sound = breaking("1");
		SyncEvent first = run();
		this.published.clear();
		this.script.fetch = sound;

		restart(first);

		assertThat(this.published).extracting(RunEvent::event).containsOnly(first.id());
		assertThat(this.published.get(0).attempt()).isNotEqualTo(first.attempts().get(0).jobExecutionId());
	}

	@Test
	void stoppedRunEndsWithoutFailing() throws Exception {
		this.script.plan = (source, context) -> {
			this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow().requestStop();
			return FetchStrategy.scopes(List.of("0"));
		};

		run();

		assertThat(this.published).extracting(Object::getClass).containsExactly(Started.class, Ended.class);
		assertThat(((Ended) this.published.get(1)).outcome()).isEqualTo(Outcome.STOPPED);
	}

	@Test
	void runOfADeadProcessIsRecoveredBeforeTheNextStarts() throws Exception {
		scopes(2, 3);
		SyncEvent dead = run();
		kill(dead);
		this.published.clear();

		SyncEvent next = run();

		assertThat(this.published).extracting(Object::getClass)
			.containsExactly(Recovered.class, Started.class, Ended.class);
		assertThat(this.published.get(0))
			.isEqualTo(new Recovered(LINK, dead.id(), dead.attempts().get(0).jobExecutionId(), Mode.DELTA, false,
					dead.runTimestamp(), new RecordCounts(6, 6, 0, 0, 0, 0, 0, 0), new ScopeCounts(2, 2, 0)));
		assertThat(next.success()).isTrue();
	}

	@Test
	void listenerThatThrowsChangesNothing() throws Exception {
		scopes(2, 3);
		this.reaction = (event) -> {
			if (event instanceof Ended) {
				throw new AssertionError("of a listener");
			}
			throw new IllegalStateException("of a listener");
		};

		SyncEvent event = run();

		assertThat(event.success()).isTrue();
		assertThat(event.records()).isEqualTo(new RecordCounts(6, 6, 0, 0, 0, 0, 0, 0));
		assertThat(this.published).hasSize(2);
		assertThat(this.events.lastSuccess(LINK).sync()).isEqualTo(event.runTimestamp());
	}

	@Test
	void settingTheWindowHasItsOwnMode() throws Exception {
		run();
		this.published.clear();

		this.operator.start(this.job,
				new JobParametersBuilder().addString("mode", "SET", false)
					.addString("setTo", Instant.parse("2026-01-01T00:00:00Z").toString(), false)
					.toJobParameters());

		assertThat(this.published).extracting(RunEvent::mode).containsExactly(Mode.SET, Mode.SET);
		assertThat(this.published.get(1)).extracting((event) -> ((Ended) event).outcome()).isEqualTo(Outcome.COMPLETED);
	}

}
