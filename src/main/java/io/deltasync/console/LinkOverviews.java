package io.deltasync.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import io.deltasync.event.LinkStatus;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.view.RecentRun;
import io.deltasync.event.view.RecentRuns;
import io.deltasync.lease.LeaseState;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.Retry;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.reject.RejectGroups;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the list of Links shows. Reads a Link again only if something happened to it, and
 * looks for that a few times a second at most, however many people look at the list.
 * Thread-safe.
 */
public class LinkOverviews {

	private static final Duration INTERVAL = Duration.ofMillis(400);

	private final Links links;

	private final SyncEvents events;

	private final RecentRuns recent;

	private final RejectGroups rejects;

	private final Pauses pauses;

	private final Leases leases;

	private final ChangedLinks changes;

	private final InstantSource clock;

	private final LongSupplier nanoClock;

	private final Map<String, LinkOverview> known = new HashMap<>();

	/** Links that have changed since they were read; a read that fails is repeated. */
	private final Set<String> changed = new HashSet<>();

	/** In nanoseconds. */
	private long lookedAt;

	private @Nullable Instant readAt;

	/** Changes whenever an overview does. */
	private long version;

	/**
	 * Creates the list; does not read anything.
	 * @param links the Links
	 * @param events their Sync Events
	 * @param jdbc the JobRepository's database
	 * @param pauses their pauses
	 * @param leases who runs them
	 * @param clock the clock of the schedules
	 * @param nanoClock a clock in nanoseconds, such as {@link System#nanoTime()}
	 */
	public LinkOverviews(Links links, SyncEvents events, JdbcTemplate jdbc, Pauses pauses, Leases leases,
			InstantSource clock, LongSupplier nanoClock) {
		this.links = links;
		this.events = events;
		this.recent = new RecentRuns(jdbc);
		this.leases = leases;
		this.changes = new ChangedLinks(jdbc, leases);
		this.rejects = new RejectGroups(jdbc);
		this.pauses = pauses;
		this.clock = clock;
		this.nanoClock = nanoClock;
	}

	/**
	 * Lists all Links.
	 * @return those that need attention first, then by name
	 */
	public synchronized List<LinkOverview> all() {
		refresh();
		return this.known.values()
			.stream()
			.sorted(Comparator.comparing(LinkOverview::state).thenComparing(LinkOverview::name))
			.toList();
	}

	/**
	 * Returns the version of the list.
	 * @return a number that is another one as soon as {@link #all()} returns other
	 * overviews
	 */
	public synchronized long version() {
		refresh();
		return this.version;
	}

	/**
	 * Returns the overview of a Link, as the list has it.
	 * @param link the Link
	 * @return what was known a moment ago
	 */
	public synchronized LinkOverview recent(Link link) {
		refresh();
		LinkOverview overview = this.known.get(link.name());
		return (overview != null) ? overview : of(link);
	}

	/**
	 * Returns for how long no change will be looked for.
	 * @return a short time; negative if the next call of another method looks for changes
	 */
	public synchronized Duration freshFor() {
		return (this.readAt != null) ? INTERVAL.minusNanos(this.nanoClock.getAsLong() - this.lookedAt) : Duration.ZERO;
	}

	/**
	 * Returns when changes were looked for, by the clock of the schedules.
	 * @return a time a moment ago
	 */
	public synchronized Instant readAt() {
		return refresh();
	}

	/**
	 * Whether a process may have died while it held a Link.
	 * @return whether a lease had expired a moment ago
	 */
	public synchronized boolean someDied() {
		refresh();
		return this.changes.someDied();
	}

	/**
	 * Asks the database for the time only when it is asked for changes as well, so that a
	 * call between costs no query.
	 */
	private Instant refresh() {
		long nanos = this.nanoClock.getAsLong();
		Instant last = this.readAt;
		if (last != null && nanos - this.lookedAt < INTERVAL.toNanos()) {
			return last;
		}
		Instant now = this.clock.instant();
		refresh(now);
		this.lookedAt = nanos;
		this.readAt = now;
		return now;
	}

	private void refresh(Instant now) {
		this.changes.addTo(this.changed);
		List<Link> all = this.links.all();
		Map<String, Pauses.Pause> paused = all.stream().anyMatch((link) -> isToBeRead(link, now)) ? this.pauses.all()
				: Map.of();
		for (Link link : all) {
			LinkOverview last = this.known.get(link.name());
			if (last == null || isToBeRead(link, now)) {
				put(of(link, paused.get(link.name()), this.changes.holder(link.name()), now));
				this.changed.remove(link.name());
			}
			else if (last.isRunning() && last.holder() != null) {
				put(progressed(last, last.runs().get(0).event()));
			}
		}
		// what is left are other jobs
		this.changed.clear();
	}

	private boolean isToBeRead(Link link, Instant now) {
		LinkOverview last = this.known.get(link.name());
		return last == null || this.changed.contains(link.name()) || isPast(last.nextRun(), now);
	}

	private void put(LinkOverview overview) {
		if (!overview.equals(this.known.put(overview.name(), overview))) {
			this.version++;
		}
	}

	/** Reads what a run changes until it ends, or its Link changes otherwise. */
	private LinkOverview progressed(LinkOverview last, long event) {
		Instant delayedUntil = this.events.delayedUntil(event);
		return last.with(LinkState.of((delayedUntil != null) ? Status.DELAYED : Status.FETCHING, false,
				last.pause() != null, last.retry() != null), waiting(last.name()), delayedUntil);
	}

	private static boolean isPast(@Nullable Instant time, Instant now) {
		return time != null && !time.isAfter(now);
	}

	/**
	 * Reads one Link.
	 * @param link the Link
	 * @return its overview
	 */
	public LinkOverview of(Link link) {
		return of(link, this.pauses.all().get(link.name()), this.leases.find(link.name()).orElse(null),
				this.clock.instant());
	}

	private LinkOverview of(Link link, Pauses.@Nullable Pause pause, @Nullable LeaseState lease, Instant now) {
		LinkStatus status = this.events.standing(link.name());
		List<RecentRun> runs = this.recent.newest(link.name(), LinkOverview.RUNS);
		Retry retry = (lease != null) ? lease.retry() : null;
		Long newest = runs.isEmpty() ? null : runs.get(0).event();
		Instant delayedUntil = (newest != null && status.status() == Status.DELAYED) ? this.events.delayedUntil(newest)
				: null;
		return new LinkOverview(link.name(), link.source(), link.target(), link.labels(),
				LinkState.of(status.status(), status.success(), pause != null, retry != null),
				status.lastSuccess().sync(), status.runsSinceSuccess(), waiting(link.name()), newest, delayedUntil,
				(pause != null) ? null : next(link, now), (lease != null && lease.held()) ? lease.holder() : null,
				retry, pause, this.events.verifications().find(link.name()).orElse(null), runs);
	}

	private long waiting(String link) {
		return this.rejects.waiting(link).values().stream().mapToLong(Integer::longValue).sum();
	}

	private static @Nullable Instant next(Link link, Instant now) {
		Instant delta = (link.schedule() != null) ? link.schedule().next(now) : null;
		Instant full = (link.fullSchedule() != null) ? link.fullSchedule().next(now) : null;
		return (delta == null || (full != null && full.isBefore(delta))) ? full : delta;
	}

}
