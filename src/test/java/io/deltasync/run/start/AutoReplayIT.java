package io.deltasync.run.start;

import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@EachDatabase(TestDatabase.H2)
class AutoReplayIT extends ScriptedRuns {

	AutoReplayIT() {
		super("scriptedSource", "deltasync.links.people.auto-replay=3", "deltasync.links.people.auto-replay-after=1ms");
	}

	@Test
	void replaysFollowUntilNothingIsLeft() throws Exception {
		failingTimes(2);
		this.script.poison.add(0);

		SyncEvent first = run();

		assertThat(first.mode()).isEqualTo(Mode.DELTA);
		assertThat(first.success()).isFalse();
		List<SyncEvent> events = this.events.newest(LINK, 10);
		assertThat(events).as("as a record still fails").hasSize(4);
		assertThat(events).extracting(SyncEvent::trigger)
			.containsExactly("auto-replay", "auto-replay", "auto-replay", "api");
		assertThat(events).extracting(SyncEvent::replayOf)
			.containsExactly(events.get(1).id(), events.get(2).id(), first.id(), null);
		assertThat(events).extracting((event) -> event.scopes().failed()).containsExactly(0L, 0L, 1L, 1L);
		assertThat(this.events.lastSuccess(LINK).sync()).isNull();
	}

	@Test
	void noMoreReplaysFollowOneThatWasSuccessful() throws Exception {
		failingTimes(1);
		run();
		assertThat(this.events.newest(LINK, 10)).extracting(SyncEvent::success).containsExactly(true, false);
		assertThat(this.script.target).hasSize(10);
	}

	@Test
	void nothingFollowsARunThatWasSuccessfulAbortedOrATestingRun() throws Exception {
		scopes(2, 5);
		assertThat(run().success()).isTrue();
		this.script.targetDown = new IllegalStateException(new ConnectException("no route"));
		assertThat(run().status()).isEqualTo(Status.ABORTED);
		this.script.targetDown = null;
		this.script.poison.add(3);
		assertThat(runTesting().success()).isFalse();
		assertThat(this.events.newest(LINK, 10)).hasSize(3);
	}

	/** One of two scopes fails that often, the first time included. */
	private void failingTimes(int times) {
		scopes(2, 5);
		Script.Fetch fetch = this.script.fetch;
		AtomicInteger left = new AtomicInteger(times);
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("1") && left.getAndDecrement() > 0) {
				throw new IllegalStateException("not yet");
			}
			return fetch.fetchRecords(source, context, scope);
		};
	}

}
