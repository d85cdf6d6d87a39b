package io.deltasync.run.start;

import java.time.Instant;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.lease.Slots;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Link that resumes its crashed runs.
 */
@EachDatabase(TestDatabase.H2)
class ResumeCrashedIT extends ScriptedRuns {

	ResumeCrashedIT() {
		super("scriptedSource", "deltasync.links.people.resume-crashed=true");
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

	@Test
	void runThatCrashedAgainAndAgainIsResumedByAPersonButByNoSlot() throws Exception {
		Slots slots = this.application.getBean(Slots.class);
		slots.open(LINK, "schedule", "daily", Instant.parse("2026-01-01T00:00:00Z"));
		SyncEvent crashed = crash(run(), 2);
		startSlot("2026-01-02T00:00:00Z");
		SyncEvent resumed = this.events.find(crashed.id()).orElseThrow();
		assertThat(resumed.attempts()).as("a slot makes use of what attempts there are").hasSize(3);

		crashed = crash(run(), 3);
		SyncEvent afresh = startSlot("2026-01-03T00:00:00Z");
		assertThat(afresh.id()).isNotEqualTo(crashed.id());
		assertThat(this.events.find(crashed.id()).orElseThrow().attempts()).hasSize(3);
		assertThat(slots.find(LINK, "schedule")).contains(Instant.parse("2026-01-03T00:00:00Z"));

		crashed = crash(run(), 3);
		run();
		assertThat(this.events.find(crashed.id()).orElseThrow().attempts()).hasSize(4);
	}

	/** Has a run made so many attempts, each of which dies. */
	private SyncEvent crash(SyncEvent event, int attempts) throws Exception {
		SyncEvent crashed = event;
		killLast(crashed);
		while (crashed.attempts().size() < attempts) {
			crashed = restart(crashed);
			killLast(crashed);
		}
		return crashed;
	}

	private void killLast(SyncEvent event) {
		this.application.getBean(JdbcTemplate.class)
			.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', EXIT_CODE = 'UNKNOWN', END_TIME = NULL "
					+ "WHERE JOB_EXECUTION_ID = ?", execution(event).getId());
	}

	private SyncEvent startSlot(String slot) throws Exception {
		return this.events
			.find(this.operator.start(this.job,
					new JobParametersBuilder().addString("slot", slot, false)
						.addString("trigger", "schedule", false)
						.toJobParameters())
				.getJobInstanceId())
			.orElseThrow();
	}

}
