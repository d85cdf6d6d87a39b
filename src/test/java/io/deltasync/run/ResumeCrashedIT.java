package io.deltasync.run;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

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
