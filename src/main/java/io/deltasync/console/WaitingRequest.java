package io.deltasync.console;

import java.time.Instant;

import io.deltasync.inbox.StoredPush;
import org.jspecify.annotations.Nullable;

/**
 * A pushed request that waits to be delivered. The components are its fields in JSON.
 *
 * @param link the Link's name
 * @param id its number; requests are delivered in the order of their numbers
 * @param idempotencyKey the key that its sender chose
 * @param records the number of its records
 * @param bytes the size of its body
 * @param receivedAt when it was stored
 * @param error why the newest run has not delivered it; null if no run has tried, or that
 * is not known
 */
public record WaitingRequest(String link, long id, String idempotencyKey, long records, long bytes, Instant receivedAt,
		@Nullable String error) {

	static WaitingRequest of(StoredPush push, @Nullable String error) {
		return new WaitingRequest(push.link(), push.id(), push.key(), push.records(), push.bytes(), push.receivedAt(),
				error);
	}

}
