package io.deltasync.console;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.deltasync.event.LinkStatus;
import io.deltasync.event.RecentRun;
import io.deltasync.event.RecentRuns;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Pauses;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.reject.Rejects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the list of Links shows. Thread-safe.
 */
public class LinkOverviews {

	private static final int MOST_REJECTS = 1000;

	private final Links links;

	private final SyncEvents events;

	private final RecentRuns recent;

	private final Rejects rejects;

	private final Pauses pauses;

	private final InstantSource clock;

	public LinkOverviews(Links links, SyncEvents events, RecentRuns recent, Rejects rejects, Pauses pauses,
			InstantSource clock) {
		this.links = links;
		this.events = events;
		this.recent = recent;
		this.rejects = rejects;
		this.pauses = pauses;
		this.clock = clock;
	}

	/**
	 * Lists all Links.
	 * @return those that need attention first, then by name
	 */
	public List<LinkOverview> all() {
		Map<String, Pauses.Pause> paused = this.pauses.all();
		Instant now = this.clock.instant();
		return this.links.all()
			.stream()
			.map((link) -> of(link, paused.get(link.name()), now))
			.sorted(Comparator.comparing(LinkOverview::state).thenComparing(LinkOverview::name))
			.toList();
	}

	/**
	 * Reads one Link.
	 * @param link the Link
	 * @return its overview
	 */
	public LinkOverview of(Link link) {
		return of(link, this.pauses.all().get(link.name()), this.clock.instant());
	}

	private LinkOverview of(Link link, Pauses.@Nullable Pause pause, Instant now) {
		LinkStatus status = this.events.standing(link.name());
		List<RecentRun> runs = this.recent.newest(link.name(), LinkOverview.RUNS);
		Long newest = runs.isEmpty() ? null : runs.get(0).event();
		Instant delayedUntil = (newest != null && status.status() == SyncEvent.Status.DELAYED)
				? this.events.find(newest).map(this.events::delayedUntil).orElse(null) : null;
		return new LinkOverview(link.name(), link.source(), link.target(),
				LinkState.of(status.status(), status.success(), pause != null), status.lastSuccess().sync(),
				status.runsSinceSuccess(), this.rejects.waiting(link.name(), MOST_REJECTS).size(), newest, delayedUntil,
				(pause != null) ? null : next(link, now), pause, runs);
	}

	private static @Nullable Instant next(Link link, Instant now) {
		Instant delta = (link.schedule() != null) ? link.schedule().next(now) : null;
		Instant full = (link.fullSchedule() != null) ? link.fullSchedule().next(now) : null;
		return (delta == null || (full != null && full.isBefore(delta))) ? full : delta;
	}

}
