package io.deltasync.event.view;

import java.util.List;

import io.deltasync.event.SyncEvents;
import io.deltasync.event.Watermark;
import io.deltasync.link.Link;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Rejects;

/**
 * Reads the status of Links as the command {@code links} shows it. Thread-safe.
 */
public class LinkStandings {

	private static final int MOST_HOLDING = 10;

	private final SyncEvents events;

	private final Rejects rejects;

	/**
	 * Creates the reader.
	 * @param events the Sync Events
	 * @param rejects the records that could not be delivered
	 */
	public LinkStandings(SyncEvents events, Rejects rejects) {
		this.events = events;
		this.rejects = rejects;
	}

	/**
	 * Reads the status of a Link.
	 * @param link the Link
	 * @return its status
	 */
	public LinkStanding of(Link link) {
		Watermark success = this.events.lastSuccess(link.name());
		List<Reject> holding = this.rejects.holding(link.name(), this.events.eventOf(link.name(), success),
				MOST_HOLDING);
		return new LinkStanding(link.name(), link.source(), link.target(), link.labels(), success.sync(),
				this.events.runsSince(link.name(), success), holding, this.events.newest(link.name()).orElse(null),
				LinkChanges.of(link, this.events),
				link.deletesRecords() ? this.events.blockedDeletes().find(link.name()).orElse(null) : null,
				this.events.verifications().find(link.name()).orElse(null));
	}

}
