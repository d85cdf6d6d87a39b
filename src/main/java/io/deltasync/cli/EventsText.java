package io.deltasync.cli;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import io.deltasync.event.SyncEvent;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * Sync Events as a table.
 */
final class EventsText {

	private EventsText() {
	}

	static String of(List<SyncEvent> events, Function<SyncEvent, @Nullable Instant> delayedUntil) {
		if (events.isEmpty()) {
			return "There is no Sync Event yet";
		}
		Table table = new Table("EVENT", "LINK", "MODE", "STARTED", "STATUS", ">FETCHED", ">WRITTEN", ">FAILED",
				">TOOK");
		for (SyncEvent event : events) {
			RecordCounts records = event.records();
			table.row(String.valueOf(event.id()), event.link(), event.mode().name(), Words.time(event.startedAt()),
					status(event, delayedUntil.apply(event)), Words.number(records.fetched()),
					Words.number(records.written()), Words.number(records.failed()), Words.took(event));
		}
		return table.toString();
	}

	private static String status(SyncEvent event, @Nullable Instant delayedUntil) {
		return (delayedUntil != null) ? "%s until %s".formatted(Words.status(event), Words.time(delayedUntil))
				: Words.status(event);
	}

}
