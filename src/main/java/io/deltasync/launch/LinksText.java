package io.deltasync.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.deltasync.event.SyncEvent;
import io.deltasync.link.LinkEnd;
import org.jspecify.annotations.Nullable;

/**
 * Links as a table.
 */
final class LinksText {

	private LinksText() {
	}

	static String of(List<LinkStanding> links, Instant now) {
		if (links.isEmpty()) {
			return "No Link is configured. Links are configured under deltasync.links";
		}
		Table table = new Table("LINK", "SOURCE", "TARGET", "LAST SUCCESS", "WINDOW", "LAST EVENT");
		for (LinkStanding link : links) {
			Instant sync = link.lastSuccessfulSync();
			table.row(link.name(), end(link.source()), end(link.target()), Words.time(sync),
					(sync != null) ? Words.duration(Duration.between(sync, now)) : "everything",
					event(link.lastEvent()));
		}
		return table.toString();
	}

	private static String end(LinkEnd end) {
		return end.adapterBean() + ":" + end.table();
	}

	private static String event(@Nullable SyncEvent event) {
		return (event != null) ? "%d %s".formatted(event.id(), Words.status(event)) : "-";
	}

}
