package io.deltasync.cli.text;

import java.time.Instant;
import java.util.List;

import io.deltasync.event.Formats;
import io.deltasync.event.SyncEvent;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * Formats Sync Events as a table.
 */
public final class EventsText {

	private EventsText() {
	}

	public static String of(List<SyncEvent> events, Delays delays) {
		if (events.isEmpty()) {
			return "There is no Sync Event yet";
		}
		TextTable table = new TextTable("EVENT", "LINK", "MODE", "STARTED", "STATUS", ">FETCHED", ">WRITTEN", ">FAILED",
				">TOOK");
		for (SyncEvent event : events) {
			RecordCounts records = event.records();
			table.row(String.valueOf(event.id()), event.link(), event.mode().name(), Formats.time(event.startedAt()),
					status(event, delays.until(event)), Formats.number(records.fetched()),
					Formats.number(records.written()), Formats.number(records.failed()), Formats.took(event));
		}
		return table.toString();
	}

	private static String status(SyncEvent event, @Nullable Instant delayedUntil) {
		return (delayedUntil != null) ? "%s until %s".formatted(Formats.status(event), Formats.time(delayedUntil))
				: Formats.status(event);
	}

	/** Until when runs wait. */
	public interface Delays {

		/** Returns until when a run waits; null if it does not wait. */
		@Nullable Instant until(SyncEvent event);

	}

}
