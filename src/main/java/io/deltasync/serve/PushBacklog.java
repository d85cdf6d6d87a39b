package io.deltasync.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.Inbox;
import io.deltasync.inbox.WaitingPushes;
import io.deltasync.lease.LeaseState;
import io.deltasync.link.Link;
import io.deltasync.reject.RejectsToDeliver;
import org.jspecify.annotations.Nullable;

/**
 * Determines which Links have pushed requests, or rejects of them, that are to be
 * delivered now. After a run that delivered none of the requests, there is a pause: their
 * target is not available, or a person must do something. Confined to one thread.
 */
final class PushBacklog {

	private static final Duration PAUSE = Duration.ofMinutes(1);

	private final Inbox inbox;

	private final RejectsToDeliver rejects;

	private final SyncEvents events;

	private final List<Link> links;

	private final Map<String, LeaseState> seen = new HashMap<>();

	/** The last delivered request of each Link when its newest run had ended. */
	private final Map<String, Long> reached = new HashMap<>();

	private final Map<String, Instant> pausedUntil = new HashMap<>();

	private final Set<String> dueRejects = new HashSet<>();

	private @Nullable Instant rejectsReadAt;

	private Map<String, WaitingPushes> waiting = Map.of();

	/**
	 * Creates an empty backlog.
	 * @param inbox the requests
	 * @param rejects the records that failed
	 * @param events the Sync Events
	 * @param links the Links
	 */
	PushBacklog(Inbox inbox, RejectsToDeliver rejects, SyncEvents events, Collection<Link> links) {
		this.inbox = inbox;
		this.rejects = rejects;
		this.events = events;
		this.links = links.stream().filter(Link::takesPushes).toList();
	}

	/**
	 * Reads what waits.
	 * @param states the current leases
	 * @param now the current time
	 */
	void update(List<LeaseState> states, Instant now) {
		if (this.links.isEmpty()) {
			return;
		}
		this.waiting = this.inbox.waiting()
			.stream()
			.collect(Collectors.toMap(WaitingPushes::link, Function.identity()));
		Map<String, LeaseState> byLink = states.stream()
			.collect(Collectors.toMap(LeaseState::link, Function.identity()));
		for (Link link : this.links) {
			LeaseState state = byLink.get(link.name());
			if (state != null && !state.held() && !state.dead() && !state.equals(this.seen.put(link.name(), state))) {
				ended(link, now);
			}
		}
		if (this.rejectsReadAt == null || !now.isBefore(this.rejectsReadAt.plus(PAUSE))) {
			this.rejectsReadAt = now;
			this.dueRejects.clear();
			this.links.stream()
				.map(Link::name)
				.filter((link) -> this.rejects.isAnyDue(link, now))
				.forEach(this.dueRejects::add);
		}
	}

	/** Pauses a Link if its newest run has left what it was to deliver. */
	private void ended(Link link, Instant now) {
		this.dueRejects.remove(link.name());
		WaitingPushes left = this.waiting.get(link.name());
		Long before = (left != null) ? this.reached.put(link.name(), left.lastDelivered())
				: this.reached.remove(link.name());
		boolean none = left != null && (before == null || before == left.lastDelivered())
				&& this.events.newest(link.name())
					.filter((newest) -> newest.runTimestamp().isAfter(left.oldest()))
					.isPresent();
		if (none) {
			this.pausedUntil.put(link.name(), now.plus(PAUSE));
		}
		else {
			this.pausedUntil.remove(link.name());
		}
	}

	/**
	 * Returns the slot of a run that is due.
	 * @param link the Link's name
	 * @param after the last slot that was run
	 * @param now the current time
	 * @return its time; null when nothing is due
	 */
	@Nullable Instant due(String link, Instant after, Instant now) {
		WaitingPushes left = this.waiting.get(link);
		Instant paused = this.pausedUntil.get(link);
		if ((paused != null && now.isBefore(paused)) || (left == null && !this.dueRejects.contains(link))) {
			return null;
		}
		// all processes find the same slot, so that only one of them runs it
		return (left != null && left.newest().isAfter(after)) ? left.newest() : after.plusNanos(1000);
	}

}
