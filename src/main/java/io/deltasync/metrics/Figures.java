package io.deltasync.metrics;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.deltasync.event.LeaseState;
import io.deltasync.event.Leases;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.reject.Rejects;

/**
 * Asks the database how all Links stand: some queries for each, none of which grows with
 * their history. Thread-safe.
 */
final class Figures {

	private final Links links;

	private final SyncEvents events;

	private final Rejects rejects;

	private final Leases leases;

	private final InstantSource clock;

	Figures(Links links, SyncEvents events, Rejects rejects, Leases leases, InstantSource clock) {
		this.links = links;
		this.events = events;
		this.rejects = rejects;
		this.leases = leases;
		this.clock = clock;
	}

	/**
	 * Asks.
	 * @return from each Link's name to its figures
	 * @throws org.springframework.dao.DataAccessException when the database is not there
	 */
	Map<String, LinkFigures> read() {
		Instant now = this.clock.instant();
		Set<String> running = this.leases.states()
			.stream()
			.filter(LeaseState::held)
			.map(LeaseState::link)
			.collect(Collectors.toSet());
		Map<String, LinkFigures> figures = new HashMap<>();
		for (Link link : this.links.all()) {
			figures.put(link.name(), new LinkFigures(now, this.events.standing(link.name()),
					running.contains(link.name()), this.rejects.backlog(link.name())));
		}
		return figures;
	}

}
