package io.deltasync.console.page;

import java.time.Instant;
import java.util.List;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Attempt;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.scope.Plan;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link EventView}.
 */
class EventViewTests {

	private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

	@Test
	void aRunInProgressHasARateAndARemainingTime() {
		EventView view = view(Status.FETCHING, 1000L, 250, 240, null);

		assertThat(view.rate()).isEqualTo(25);
		assertThat(view.remaining()).isEqualTo("30.0 s");
		assertThat(view.pending()).isEqualTo(10);
	}

	@Test
	void withoutATotalNoRemainingTimeIsGuessed() {
		assertThat(view(Status.FETCHING, null, 250, 250, null).remaining()).isNull();
		assertThat(view(Status.FETCHING, 100L, 250, 250, null).remaining()).isNull();
		assertThat(view(Status.FETCHING, 100L, 0, 0, null).rate()).isNull();
	}

	@Test
	void aWaitingRunSaysUntilWhen() {
		assertThat(view(Status.DELAYED, null, 0, 0, START.plusSeconds(60)).verdict())
			.isEqualTo("Waiting until 2026-11-01T10:01:00Z, because the source asked for it; then planning continues");
	}

	@Test
	void aStoppedRunCanBeRestartedButNotReplayed() {
		EventView view = view(Status.STOPPED, null, 5, 5, null);

		assertThat(view.verdict()).isEqualTo("Stopped: a person or a signal stopped the run");
		assertThat(view.css()).isEqualTo("stopped");
		assertThat(view.restartable()).isTrue();
		assertThat(view.replayable()).isFalse();
	}

	private static EventView view(Status status, @Nullable Long expected, long fetched, long written,
			@Nullable Instant delayedUntil) {
		SyncEvent event = new SyncEvent(1, "customers", Mode.DELTA, false, "serve", status, false, START, null, null,
				null, null, expected, new ScopeCounts(1, 0, 0), new RecordCounts(fetched, written, 0, 0, 0, 0, 0, 0),
				List.of(), List.of(), List.of(new Attempt(1, "STARTED", START, null)), START, null, null, List.of(), 0,
				null);
		return new EventView(event, event, delayedUntil, Plan.NONE, List.of(), true, START.plusSeconds(10));
	}

}
