package io.deltasync.cli.text;

import java.time.Instant;
import java.util.List;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Failure;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;

/**
 * Sync Events for tests.
 */
public final class Events {

	static final Instant MONDAY = Instant.parse("2026-11-16T08:00:00.123456Z");

	static final Instant TUESDAY = Instant.parse("2026-11-17T08:00:00Z");

	private Events() {
	}

	public static SyncEvent successful(long fetched) {
		return event(Status.COMPLETED, true, new RecordCounts(fetched, fetched, 0, 0, 0, 0, 0, 0), List.of());
	}

	public static SyncEvent failed(Status status, Failure... failures) {
		return event(status, false, new RecordCounts(1000, 990, 12, 7, 4, 2, 1, 0), List.of(failures));
	}

	public static SyncEvent replay() {
		return new SyncEvent(9, "customers", Mode.REPLAY, false, "command-line", Status.ABORTED, false, TUESDAY, MONDAY,
				"a", null, null, null, new ScopeCounts(0, 0, 0), RecordCounts.NONE, List.of(), List.of(),
				List.of(new SyncEvent.Attempt(10, "FAILED", TUESDAY, TUESDAY.plusMillis(500))), TUESDAY,
				TUESDAY.plusMillis(500), 7L, List.of(), 0, null);
	}

	public static SyncEvent testing() {
		SyncEvent real = successful(1000);
		return new SyncEvent(real.id(), real.link(), real.mode(), true, real.trigger(), real.status(), real.success(),
				real.runTimestamp(), real.windowStart(), real.cursorBefore(), null, real.strategy(),
				real.expectedTotalRecords(), real.scopes(), real.records(), real.errors(), real.warnings(),
				real.attempts(), real.startedAt(), real.endedAt(), real.replayOf(), real.ignoredReasons(),
				real.deleted(), null);
	}

	public static SyncEvent failedFull() {
		return like(failed(Status.COMPLETED), 7, Mode.FULL, null);
	}

	public static SyncEvent newer(Mode mode) {
		return like(successful(1), 8, mode, MONDAY);
	}

	private static SyncEvent like(SyncEvent event, long id, Mode mode, Instant windowStart) {
		return new SyncEvent(id, event.link(), mode, event.testing(), event.trigger(), event.status(), event.success(),
				event.runTimestamp(), windowStart, event.cursorBefore(), event.cursorAfter(), event.strategy(),
				event.expectedTotalRecords(), event.scopes(), event.records(), event.errors(), event.warnings(),
				event.attempts(), event.startedAt(), event.endedAt(), event.replayOf(), event.ignoredReasons(),
				event.deleted(), null);
	}

	private static SyncEvent event(Status status, boolean success, RecordCounts records, List<Failure> failures) {
		return new SyncEvent(7, "customers", Mode.DELTA, false, "command-line", status, success, TUESDAY, MONDAY, "a",
				success ? "b" : null, "SCOPES", 1000L, new ScopeCounts(3, 2, 1), records, failures, List.of(),
				List.of(new SyncEvent.Attempt(9, success ? "COMPLETED" : "FAILED", TUESDAY, TUESDAY.plusMillis(500))),
				TUESDAY, TUESDAY.plusMillis(500), null,
				(records.ignored() > 0) ? List.of(new IgnoredReason("not wanted", records.ignored())) : List.of(), 0,
				null);
	}

}
