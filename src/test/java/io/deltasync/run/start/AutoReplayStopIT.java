package io.deltasync.run.start;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.deltasync.event.SyncEvent;
import io.deltasync.run.ActiveRuns;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@EachDatabase(TestDatabase.H2)
class AutoReplayStopIT extends ScriptedRuns {

	AutoReplayStopIT() {
		super("scriptedSource", "deltasync.links.people.auto-replay=1", "deltasync.links.people.auto-replay-after=1h");
	}

	@Test
	void waitForAReplayEndsAtOnceWhenTheProcessIsToEnd() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		CompletableFuture<SyncEvent> waiting = runAside();
		ActiveRuns runs = this.application.getBean(ActiveRuns.class);
		await(() -> this.events.newest(LINK).filter((event) -> event.endedAt() != null).isPresent()
				&& runs.links().isEmpty());
		assertThat(waiting).isNotDone();
		runs.close();

		assertThat(waiting.get(30, TimeUnit.SECONDS).success()).isFalse();
		assertThat(this.events.newest(LINK, 10)).hasSize(1);
	}

}
