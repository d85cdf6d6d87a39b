package io.deltasync.launch;

import java.util.List;

import io.deltasync.event.SyncEvent;
import io.deltasync.scope.RecordCounts;

/**
 * Sync Events as a table.
 */
final class EventsText {

	private EventsText() {
	}

	static String of(List<SyncEvent> events) {
		if (events.isEmpty()) {
			return "There is no Sync Event yet";
		}
		Table table = new Table("EVENT", "LINK", "MODE", "STARTED", "STATUS", ">FETCHED", ">WRITTEN", ">FAILED",
				">TOOK");
		for (SyncEvent event : events) {
			RecordCounts records = event.records();
			table.row(String.valueOf(event.id()), event.link(), event.mode().name(), Words.time(event.startedAt()),
					Words.status(event), Words.number(records.fetched()), Words.number(records.written()),
					Words.number(records.failed()), Words.took(event));
		}
		return table.toString();
	}

}
