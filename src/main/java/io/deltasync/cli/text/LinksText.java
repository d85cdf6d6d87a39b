package io.deltasync.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.event.BlockedDeletes;
import io.deltasync.event.Formats;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.view.LinkStanding;
import io.deltasync.event.view.VerificationWords;
import io.deltasync.link.Endpoint;
import io.deltasync.reject.Reject;
import org.jspecify.annotations.Nullable;

/**
 * Formats Links as a table.
 */
public final class LinksText {

	private static final int MOST_KEYS = 3;

	private LinksText() {
	}

	public static String of(List<LinkStanding> links, Instant now) {
		if (links.isEmpty()) {
			return "No Link is configured. Links are configured under deltasync.links";
		}
		TextTable table = new TextTable("LINK", "SOURCE", "TARGET", "LAST SUCCESS", "WINDOW", ">RUNS SINCE", "HELD BY",
				"LAST EVENT", "IN STEP");
		for (LinkStanding link : links) {
			Instant sync = link.lastSuccessfulSync();
			table.row(link.name(), end(link.source()), end(link.target()), Formats.time(sync),
					(sync != null) ? Formats.age(Duration.between(sync, now)) : "everything",
					Formats.number(link.runsSinceSuccess()), holding(link.holding()), event(link.lastEvent()),
					VerificationWords.last(link.verification(), now));
		}
		StringBuilder text = new StringBuilder(table.toString());
		links.forEach((link) -> link.changes()
			.forEach((change) -> text.append(System.lineSeparator())
				.append("Link '%s': %s".formatted(link.name(), change))));
		links.forEach((link) -> text.append(blocked(link)));
		return text.toString();
	}

	private static String blocked(LinkStanding link) {
		BlockedDeletes.Blocked blocked = link.blockedDeletes();
		return (blocked == null) ? ""
				: "%sLink '%s': %s that the source no longer has are not deleted since %s, because they are more than max-delete-share; 'event %d' names some. Check whether the source is complete; 'run %s --full --force' deletes them"
					.formatted(System.lineSeparator(), link.name(), Formats.records(blocked.records()),
							Formats.time(blocked.since()), blocked.event(), link.name());
	}

	private static String end(Endpoint end) {
		return end.adapterBean() + ":" + end.table();
	}

	private static String holding(List<Reject> rejects) {
		String keys = rejects.stream()
			.limit(MOST_KEYS)
			.map((reject) -> (reject.key() != null) ? reject.key() : "reject " + reject.id())
			.collect(Collectors.joining(", "));
		return keys.isEmpty() ? "-" : (rejects.size() > MOST_KEYS) ? keys + ", …" : keys;
	}

	private static String event(@Nullable SyncEvent event) {
		return (event != null) ? "%d %s".formatted(event.id(), Formats.status(event)) : "-";
	}

}
