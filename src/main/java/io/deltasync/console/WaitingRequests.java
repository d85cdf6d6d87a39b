package io.deltasync.console;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.deltasync.audit.AuditLog;
import io.deltasync.event.Formats;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Failure;
import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.Inbox;
import io.deltasync.inbox.StoredPush;
import io.deltasync.lease.Leases;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.link.Link;
import io.deltasync.scope.FailedScopes;
import io.deltasync.scope.ScopeFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The pushed requests of Links that wait to be delivered: why they wait, and what people
 * discard of them. A request is either delivered as a whole or discarded as a whole,
 * because nothing is discarded while a run of the Link is in progress. Thread-safe.
 */
public class WaitingRequests {

	/** How many failed requests of a run are told apart. */
	private static final int MOST_FAILURES = 1000;

	private final Inbox inbox;

	private final SyncEvents events;

	private final FailedScopes failures;

	private final Leases leases;

	private final AuditLog audit;

	private final TransactionTemplate transaction;

	private final InstantSource clock;

	/**
	 * Creates the service.
	 * @param inbox stores requests
	 * @param events the Sync Events
	 * @param failures the scopes that failed; each request is one
	 * @param leases knows whether a run is in progress
	 * @param audit stores what people did
	 * @param transaction runs each change in its own transaction
	 * @param clock the clock of the database
	 */
	public WaitingRequests(Inbox inbox, SyncEvents events, FailedScopes failures, Leases leases, AuditLog audit,
			TransactionTemplate transaction, InstantSource clock) {
		this.inbox = inbox;
		this.events = events;
		this.failures = failures;
		this.leases = leases;
		this.audit = audit;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Lists requests that wait, in the order in which they are delivered.
	 * @param link the Link
	 * @param after only those with higher numbers
	 * @param limit how many at most
	 * @return the requests
	 */
	public List<WaitingRequest> list(Link link, long after, int limit) {
		List<StoredPush> waiting = this.inbox.waiting(link.name(), after, limit);
		if (waiting.isEmpty()) {
			return List.of();
		}
		Function<Long, @Nullable String> errors = errors(link.name());
		return waiting.stream().map((push) -> WaitingRequest.of(push, errors.apply(push.id()))).toList();
	}

	/** Returns why the newest run has not delivered a request; null if not known. */
	private Function<Long, @Nullable String> errors(String link) {
		SyncEvent newest = this.events.newest(link).filter((event) -> !event.success()).orElse(null);
		if (newest == null) {
			return (id) -> null;
		}
		Map<Long, String> messages = new HashMap<>();
		for (ScopeFailure failure : this.failures.find(newest.id(), MOST_FAILURES)) {
			if (failure.scope().text() != null) {
				messages.put(Long.valueOf(failure.scope().text()), failure.message());
			}
		}
		String ofAll = newest.errors()
			.stream()
			.filter((failure) -> failure.level() == Failure.Level.SYSTEM)
			.map(Failure::message)
			.findFirst()
			.orElse(null);
		return (id) -> messages.getOrDefault(id, ofAll);
	}

	/**
	 * Counts requests that wait.
	 * @param link the Link
	 * @param first the lowest number
	 * @param last the highest number
	 * @return the exact number
	 */
	public long count(Link link, long first, long last) {
		return this.inbox.countWaiting(link.name(), first, last);
	}

	/**
	 * Returns the highest number of a request.
	 * @param link the Link
	 * @return the number; 0 if none waits
	 */
	public long last(Link link) {
		return this.inbox.waiting(link.name())
			.map((waiting) -> waiting.lastDelivered() + waiting.requests())
			.orElse(0L);
	}

	/**
	 * Discards requests that wait, so that they are not delivered.
	 * @param link the Link
	 * @param first the lowest number
	 * @param last the highest number
	 * @param who the person
	 * @return how many of these waited
	 * @throws LinkBusyException if a run of the Link is in progress; nothing was changed
	 */
	public long discard(Link link, long first, long last, Person who) throws LinkBusyException {
		Object result = this.transaction.execute((status) -> {
			this.inbox.holdDelivery(link.name());
			try {
				this.leases.checkFree(link.name());
			}
			catch (LinkBusyException ex) {
				return ex;
			}
			long discarded = this.inbox.discard(link.name(), first, last, this.clock.instant());
			if (discarded > 0) {
				this.audit.add(who.name(), "discard-request", link.name(), null, null,
						described(first, last, discarded));
			}
			return discarded;
		});
		if (result instanceof LinkBusyException busy) {
			throw busy;
		}
		return (Long) result;
	}

	private static String described(long first, long last, long discarded) {
		return (first == last) ? "request " + first
				: "%s of the requests %d to %d".formatted(Formats.number(discarded), first, last);
	}

	/**
	 * Discards a single request that waits.
	 * @param link the Link
	 * @param id its number
	 * @param who the person
	 * @throws UnknownException if there is none
	 * @throws ConflictException if it does not wait
	 * @throws LinkBusyException if a run of the Link is in progress
	 */
	public void discard(Link link, long id, Person who) throws LinkBusyException {
		if (discard(link, id, id, who) == 0) {
			StoredPush found = this.inbox.find(link.name(), id)
				.orElseThrow(() -> new UnknownException(
						"Link '%s' has no request %d; it may have been pruned".formatted(link.name(), id)));
			throw new ConflictException("Request %d of Link '%s' no longer waits: it is %s".formatted(id, link.name(),
					found.state().name().toLowerCase(Locale.ROOT)));
		}
	}

}
