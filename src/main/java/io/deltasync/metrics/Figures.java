package io.deltasync.metrics;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.deltasync.event.BlockedDeletes;
import io.deltasync.event.LinkStatus;
import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.Inbox;
import io.deltasync.inbox.WaitingPushes;
import io.deltasync.lease.LeaseState;
import io.deltasync.lease.Leases;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.reject.Rejects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Reads the figures of all Links from the database, with a few queries per Link, none of
 * which grows with its history. Thread-safe.
 */
public final class Figures {

	private static final Logger logger = LoggerFactory.getLogger(Figures.class);

	private final Links links;

	private final SyncEvents events;

	private final Rejects rejects;

	private final Leases leases;

	private final Inbox inbox;

	private final InstantSource clock;

	/**
	 * Creates a reader of figures.
	 * @param links the Links
	 * @param events their runs
	 * @param rejects their rejects
	 * @param leases which Links are running, in any process
	 * @param inbox the requests that were pushed to Links
	 * @param clock the clock of the database
	 */
	public Figures(Links links, SyncEvents events, Rejects rejects, Leases leases, Inbox inbox, InstantSource clock) {
		this.links = links;
		this.events = events;
		this.rejects = rejects;
		this.leases = leases;
		this.inbox = inbox;
		this.clock = clock;
	}

	private long blockedDeletes(Link link) {
		return link.deletesRecords()
				? this.events.blockedDeletes().find(link.name()).map(BlockedDeletes.Blocked::records).orElse(0L) : 0;
	}

	/**
	 * Reads the figures.
	 * @return the figures by the Link's name, without Links whose stored data cannot be
	 * read
	 * @throws org.springframework.dao.DataAccessException when the database is not
	 * available
	 */
	public Map<String, LinkFigures> read() {
		Instant now = this.clock.instant();
		Set<String> running = this.leases.states()
			.stream()
			.filter(LeaseState::held)
			.map(LeaseState::link)
			.collect(Collectors.toSet());
		Map<String, WaitingPushes> pushes = this.inbox.waiting()
			.stream()
			.collect(Collectors.toMap(WaitingPushes::link, Function.identity()));
		Map<String, LinkFigures> figures = new HashMap<>();
		for (Link link : this.links.all()) {
			try {
				LinkStatus linkStatus = this.events.standing(link.name());
				figures.put(link.name(),
						new LinkFigures(now, linkStatus, running.contains(link.name()),
								this.rejects.backlog(link.name(), linkStatus.successEvent()), blockedDeletes(link),
								pushes.get(link.name()), this.events.verifications().find(link.name()).orElse(null)));
			}
			catch (DataAccessException ex) {
				throw ex;
			}
			catch (RuntimeException ex) {
				// does not affect the figures of other Links
				logger.warn("Link '{}' has no figures, because its stored data cannot be read: {}", link.name(),
						ex.getMessage());
			}
		}
		return figures;
	}

}
