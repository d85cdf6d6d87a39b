package io.deltasync.run;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Link that resumes its crashed runs.
 */
class ResumeCrashedIT extends ScriptedRuns {

	ResumeCrashedIT() {
		super(TestDatabase.H2, "scriptedSource", "deltasync.links.people.resume-crashed=true");
	}

	@Test
	void crashedRunIsFirstRestartedWhereItStopped() throws Exception {
		scopes(10, 10);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("7")) {
				throw new IllegalStateException("corrupt");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent crashed = run();
		kill(crashed);
		this.script.fetch = fetch;
		this.script.fetched.clear();
		SyncEvent next = run();
		SyncEvent resumed = this.events.find(crashed.id()).orElseThrow();
		assertThat(resumed.success()).isTrue();
		assertThat(resumed.attempts()).hasSize(2);
		assertThat(this.script.fetched).startsWith("7").hasSize(11);
		assertThat(next.id()).isNotEqualTo(crashed.id());
		assertThat(next.windowStart()).isEqualTo(crashed.runTimestamp());
	}

	@Test
	void eventThatWasToSetTheWindowIsNotResumed() throws Exception {
		SyncEvent success = run();
		SyncEvent set = this.events
			.find(this.operator.start(this.job,
					new JobParametersBuilder().addString("mode", "SET", false)
						.addString("setTo", "2026-01-01T00:00:00Z", false)
						.toJobParameters())
				.getJobInstanceId())
			.orElseThrow();
		kill(set);
		assertThat(run().windowStart()).isEqualTo(success.runTimestamp());
		assertThat(this.events.find(set.id()).orElseThrow().attempts()).hasSize(1);
	}

	@Test
	void testingRunThatCrashedIsNotResumedByOneThatChangesTheTarget() throws Exception {
		scopes(1, 5);
		SyncEvent crashed = runTesting();
		kill(crashed);
		SyncEvent next = run();
		assertThat(next.testing()).isFalse();
		assertThat(this.script.target).hasSize(5);
		assertThat(this.events.find(crashed.id()).orElseThrow().attempts()).hasSize(1);
	}

	@Test
	void runThatCrashedIsNotResumedByATestingOne() throws Exception {
		scopes(1, 5);
		this.script.poison.add(3);
		SyncEvent crashed = run();
		kill(crashed);
		this.script.poison.clear();
		this.script.target.clear();
		assertThat(runTesting().testing()).isTrue();
		assertThat(this.script.target).isEmpty();
		assertThat(this.events.find(crashed.id()).orElseThrow().attempts()).hasSize(1);
	}

	@Test
	void runThatEndedByItselfIsNotResumed() throws Exception {
		this.script.plan = (source, context) -> {
			throw new IllegalStateException("offline");
		};
		SyncEvent aborted = run();
		run();
		assertThat(this.events.find(aborted.id()).orElseThrow().attempts()).hasSize(1);
		assertThat(this.events.find(aborted.id()).orElseThrow().status()).isEqualTo(Status.ABORTED);
	}

}
