package io.deltasync.cli.text;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Failure;
import io.deltasync.event.SyncEvent.Failure.Level;
import io.deltasync.event.SyncEvent.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventTextTests {

	@Test
	void successShowsWindowCountsAndRate() {
		assertThat(text(Events.successful(1000)).lines()).containsExactly("Link 'customers': successful (event 7)",
				"  Window    2026-11-16T08:00:00Z to 2026-11-17T08:00:00Z", "  Cursor    a -> b", "  Strategy  SCOPES",
				"  Expected  1,000 records", "  Scopes    2 of 3 done, 1 failed",
				"  Records   1,000 fetched, 1,000 written, 0 failed", "  Took      0.5 s, 2,000 records/s");
	}

	@Test
	void successWithoutRecordsSuggestsNoNextStep() {
		assertThat(text(Events.successful(0))).startsWith("Link 'customers': successful, nothing to do")
			.endsWith("Took      0.5 s");
	}

	@Test
	void everyTextOfATestRunStatesThatNothingWasWritten() {
		assertThat(text(Events.testing()).lines()).contains("Link 'customers': successful (testing) (event 7)",
				"  Testing   the target was not changed; window and cursor stay where they were",
				"  Cursor    a -> unchanged", "  Records   1,000 fetched, 1,000 would be written, 0 failed");
		assertThat(EventsText.of(List.of(Events.testing()), (event) -> null)).contains("successful (testing)");
	}

	@Test
	void failureShowsItsReasonAndTheNextStep() {
		String text = text(Events.failed(Status.COMPLETED,
				new Failure(Level.SCOPE, 1L, null, "Link 'customers': the file is gone"),
				new Failure(Level.RECORD, 2L, "4711", "too long"), new Failure(Level.RECORD, 2L, null, "no key")));

		assertThat(text.lines()).startsWith("Link 'customers': completed, not successful (event 7)")
			.contains("  Cursor    a -> unchanged",
					"  Records   1,000 fetched, 990 written (12 new), 7 failed, 2 ignored, 1 dropped, 4 with a warning",
					"  Ignored   2: not wanted", "  Errors    scope 1: the file is gone",
					"            record 4711: too long", "            record without a key: no key")
			.endsWith("  Next      records already written stay; fix the cause, then run the Link again: "
					+ "it fetches again from 2026-11-16T08:00:00Z; or restart 7: it fetches the rest of this run"
					+ "; 'rejects customers' lists the records that hold the window");
	}

	@Test
	void abortNamesItsLinkOnlyOnce() {
		String text = text(
				Events.failed(Status.ABORTED, new Failure(Level.SYSTEM, null, null, "Link 'customers': no route")));

		assertThat(text.lines()).startsWith("Link 'customers': aborted (event 7)").contains("  Errors    no route");
	}

	@Test
	void longListOfErrorsIsShortenedWithAHintToTheRest() {
		Failure[] failures = IntStream.range(0, 12)
			.mapToObj((key) -> new Failure(Level.RECORD, 0L, "key-" + key, "bad"))
			.toArray(Failure[]::new);

		assertThat(text(Events.failed(Status.COMPLETED, failures))).contains("key-9")
			.doesNotContain("key-10")
			.contains("and more: event 7 --json");
	}

	@Test
	void replayNamesTheEventThatItReplays() {
		assertThat(text(Events.replay()).lines()).containsExactly("Link 'customers': aborted (event 9)",
				"  Replay of event 7", "  Window    2026-11-16T08:00:00Z to 2026-11-17T08:00:00Z (replay)",
				"  Cursor    a -> unchanged", "  Records   0 fetched, 0 written, 0 failed", "  Took      0.5 s",
				"  Next      fix the cause, then run the Link again: it fetches all changes since the last success; "
						+ "or restart 9: it fetches the rest of this run");
	}

	@Test
	void restartOfAnOlderEventIsNotSuggested() {
		assertThat(EventText.of(Events.failed(Status.STOPPED), Events.replay(), null))
			.endsWith("  Next      event 9 (replay, aborted) came after it; "
					+ "replay 7 retries the failed scopes and rejects of this one");
		assertThat(EventText.of(Events.failed(Status.COMPLETED), Events.newer(Mode.DELTA), null))
			.endsWith("  Next      nothing: event 8 came after it and was successful");
	}

	@Test
	void laterDeltaDoesNotReplaceAFailedFullRun() {
		assertThat(EventText.of(Events.failedFull(), Events.newer(Mode.DELTA), null))
			.contains("event 8 (delta, successful)", "replay 7");
		assertThat(EventText.of(Events.failedFull(), Events.newer(Mode.FULL), null)).contains("nothing: event 8");
		assertThat(text(Events.failedFull())).contains("run the Link again with --full: it fetches everything");
	}

	@Test
	void activeRunSuggestsNoNextStep() {
		assertThat(text(Events.failed(Status.FETCHING))).startsWith("Link 'customers': fetching")
			.doesNotContain("Next");
	}

	private static String text(SyncEvent event) {
		return EventText.of(event, event, null);
	}

	@Test
	void waitRequestedByTheSourceIsShownWithItsEnd() {
		Instant until = Instant.parse("2026-11-21T10:15:30Z");

		assertThat(EventText.of(Events.testing(), Events.testing(), until)).contains("Waits",
				"until 2026-11-21T10:15:30Z, as the source adapter asked");
		assertThat(EventsText.of(List.of(Events.testing()), (event) -> until)).contains("until 2026-11-21T10:15:30Z");
	}

}
