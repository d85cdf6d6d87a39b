package io.deltasync.run.start;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.deltasync.event.SyncEvent;
import io.deltasync.lease.Leases;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What ends the wait of a replay that is to follow a run by itself, here in an hour.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL })
class AutoReplayWaitIT extends ScriptedRuns {

	AutoReplayWaitIT() {
		super("scriptedSource", "deltasync.links.people.auto-replay=1", "deltasync.links.people.auto-replay-after=1h");
	}

	@Test
	void stopOfTheRunThatHasEndedPreventsTheReplay() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		CompletableFuture<SyncEvent> waiting = runAside();
		await(() -> this.events.newest(LINK).filter((event) -> stop(event)).isPresent());
		assertThat(waiting.get(30, TimeUnit.SECONDS).success()).isFalse();
		SyncEvent event = this.events.newest(LINK).orElseThrow();
		assertThat(event.status()).isEqualTo(SyncEvent.Status.COMPLETED);
		assertThat(this.events.newest(LINK, 10)).hasSize(1);
		assertThatExceptionOfType(JobExecutionNotRunningException.class)
			.isThrownBy(() -> this.operator.stop(execution(event)))
			.withMessageContaining("no replay waits to follow it");
	}

	@Test
	void stopThatCameInTheLastMomentOfTheRunPreventsTheReplayToo() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		this.script.stepUpdate = (step) -> {
			if (step.getStepName().equals("verdict") && step.getStatus() == BatchStatus.COMPLETED) {
				assertThat(this.application.getBean(Leases.class)
					.requestStop(LINK, step.getJobExecution().getJobInstanceId())).isTrue();
			}
		};
		assertThat(runAside().get(30, TimeUnit.SECONDS).success()).isFalse();
		assertThat(this.events.newest(LINK, 10)).hasSize(1);
	}

	@Test
	void linkIsFreeDuringTheWaitAndAnotherRunEndsIt() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		CompletableFuture<SyncEvent> waiting = runAside();
		Leases leases = this.application.getBean(Leases.class);
		await(() -> this.events.newest(LINK).filter((event) -> event.endedAt() != null).isPresent()
				&& !leases.isHeld(LINK));
		this.script.poison.clear();

		assertThat(run().success()).isTrue();

		assertThat(waiting.get(30, TimeUnit.SECONDS).success()).isFalse();
		assertThat(this.events.newest(LINK, 10)).hasSize(2);
	}

	private boolean stop(SyncEvent event) {
		try {
			return event.status().ended() && this.operator.stop(execution(event));
		}
		catch (JobExecutionNotRunningException ex) {
			return false; // it does not wait yet
		}
	}

}
