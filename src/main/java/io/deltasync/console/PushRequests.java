package io.deltasync.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

import io.deltasync.inbox.Inbox;
import io.deltasync.inbox.InboxLimits;
import io.deltasync.inbox.NewPush;
import io.deltasync.inbox.PushedBody;
import io.deltasync.inbox.StoredPush;
import io.deltasync.inbox.WaitingPushes;
import io.deltasync.lease.Pauses;
import io.deltasync.link.Link;
import io.deltasync.run.fetch.PushedRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Receives the requests that are pushed to Links. A request is stored with its
 * idempotency key before it is acknowledged. Thread-safe.
 */
public class PushRequests {

	private final Inbox inbox;

	private final InboxLimits limits;

	private final Pauses pauses;

	private final TransactionTemplate transaction;

	private final InstantSource clock;

	/**
	 * Creates the service.
	 * @param inbox stores requests
	 * @param limits how much may wait
	 * @param pauses the pauses of Links
	 * @param transaction runs each change in its own transaction
	 * @param clock the clock of the database
	 */
	public PushRequests(Inbox inbox, InboxLimits limits, Pauses pauses, TransactionTemplate transaction,
			InstantSource clock) {
		this.inbox = inbox;
		this.limits = limits;
		this.pauses = pauses;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Stores a request, unless it is stored already.
	 * @param link the Link
	 * @param key the idempotency key
	 * @param body the body
	 * @return the stored request
	 * @throws ConflictException if the Link fetches
	 * @throws KeyReusedException if another request has the key
	 * @throws io.deltasync.run.fetch.RefusedPushException if the records cannot be read
	 * @throws io.deltasync.inbox.InboxFullException if too many requests wait
	 */
	public PushedRequest accept(Link link, String key, PushedBody body) {
		String digest = digest(body);
		Optional<StoredPush> known = this.transaction.execute((status) -> this.inbox.find(link.name(), key));
		StoredPush stored = known.orElseGet(() -> store(link,
				new NewPush(key, digest, body.contentType(), body.bytes(), PushedRecords.count(link, body))));
		if (!stored.digest().equals(digest)) {
			throw new KeyReusedException(
					"Link '%s': request %d had this idempotency key and another body. Use a new key for each new request"
						.formatted(link.name(), stored.id()));
		}
		return PushedRequest.of(stored, note(link));
	}

	private StoredPush store(Link link, NewPush push) {
		return this.transaction
			.execute((status) -> this.inbox.accept(link.name(), push, this.limits, this.clock.instant()));
	}

	/**
	 * Checks that a Link is pushed to.
	 * @param link the Link
	 * @throws ConflictException if it fetches
	 */
	public void check(Link link) {
		if (!link.takesPushes()) {
			throw new ConflictException(
					"Link '%s' fetches its records from its source, so it takes no pushed ones. Give it a source such as 'adapter: push'"
						.formatted(link.name()));
		}
	}

	/**
	 * Finds a request.
	 * @param link the Link
	 * @param id its number
	 * @return the request
	 * @throws UnknownException if there is none
	 */
	public PushedRequest find(Link link, long id) {
		return this.inbox.find(link.name(), id)
			.map((found) -> PushedRequest.of(found, note(link)))
			.orElseThrow(() -> new UnknownException(
					"Link '%s' has no request %d; it may have been pruned".formatted(link.name(), id)));
	}

	/**
	 * Returns what waits to be delivered.
	 * @param link the Link
	 * @return what waits; empty if nothing does
	 */
	public Optional<WaitingPushes> waiting(Link link) {
		return this.inbox.waiting(link.name());
	}

	private @Nullable String note(Link link) {
		return this.pauses.all().containsKey(link.name())
				? "A person has paused the Link: the request is delivered when the Link is resumed or run by hand"
				: null;
	}

	private static String digest(PushedBody body) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(body.contentType().getBytes(StandardCharsets.UTF_8));
			digest.update((byte) '\n');
			return HexFormat.of().formatHex(digest.digest(body.bytes()));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
