package io.deltasync.notify;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import io.deltasync.event.SyncEvents;
import io.deltasync.event.view.Json;
import io.deltasync.lease.Leases;
import io.deltasync.link.Links;
import io.deltasync.link.notification.LinkNotifications;
import io.deltasync.link.notification.NoticeKind;
import io.deltasync.notice.NoticeState;
import io.deltasync.notice.NoticeStates;
import io.deltasync.notice.Outbox;
import io.deltasync.notify.Condition.Phase;
import io.deltasync.notify.Condition.Step;
import io.deltasync.reject.Rejects;
import io.deltasync.scope.Warnings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares the states of a Link with what people were told, and writes a message for each
 * state that has begun or ended. All processes decide by the stored data alone.
 * Thread-safe.
 */
public final class LinkNotices {

	private static final Logger logger = LoggerFactory.getLogger(LinkNotices.class);

	private final Links links;

	private final SyncEvents events;

	private final Rejects rejects;

	private final Warnings warnings;

	private final NoticeStates states;

	private final Outbox outbox;

	private final Leases leases;

	private final InstantSource clock;

	/**
	 * Creates the service.
	 * @param links the Links
	 * @param events their runs
	 * @param rejects their rejects
	 * @param warnings their warnings
	 * @param states what people were told
	 * @param outbox the messages
	 * @param leases locks Links
	 * @param clock the clock of the database
	 */
	public LinkNotices(Links links, SyncEvents events, Rejects rejects, Warnings warnings, NoticeStates states,
			Outbox outbox, Leases leases, InstantSource clock) {
		this.links = links;
		this.events = events;
		this.rejects = rejects;
		this.warnings = warnings;
		this.states = states;
		this.outbox = outbox;
		this.leases = leases;
		this.clock = clock;
	}

	/**
	 * Writes the messages that are due, in the caller's transaction, which has locked the
	 * Link and changed the data that decides. What is wrong here does not fail it, unless
	 * the database would roll it back anyway.
	 * @param link the Link's name
	 */
	public void update(String link) {
		try {
			if (this.links.names().contains(link)) {
				LinkNotifications settings = this.links.get(link).notifications();
				if (settings.areSent()) {
					update(link, settings);
				}
			}
		}
		catch (TransientDataAccessException | RecoverableDataAccessException | DataAccessResourceFailureException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.warn("Link '{}': people are not notified of its state, which cannot be determined: {}", link,
					ex.getMessage());
			logger.debug("No notification", ex);
		}
	}

	/**
	 * Locks a Link and writes the messages that are due, in a transaction.
	 * @param link the Link's name
	 * @param transaction runs the transaction
	 */
	void update(String link, TransactionTemplate transaction) {
		transaction.executeWithoutResult((status) -> {
			this.leases.lock(link);
			update(link);
		});
	}

	private void update(String link, LinkNotifications settings) {
		Instant now = this.clock.instant();
		Map<NoticeKind, NoticeState> told = this.states.find(link);
		LinkFacts facts = LinkFacts.read(link, this.events, this.rejects, now).withColumns(this.warnings);
		for (NoticeKind kind : NoticeKind.values()) {
			NoticeState stored = told.get(kind);
			Step step = facts.condition(kind, settings, stored).next(stored, now);
			if (step.state() == null && stored != null) {
				this.states.remove(link, kind);
			}
			else if (step.state() != null && !step.state().equals(stored)) {
				this.states.put(link, kind, step.state());
			}
			NoticeState about = (step.message() == Phase.END) ? stored : step.state();
			if (step.message() != null && about != null) {
				String body = Json.write(NoticeText.notice(kind, step.message(), about.since(), facts));
				settings.channels().forEach((channel) -> this.outbox.add(link, channel, body, now));
			}
		}
	}

}
