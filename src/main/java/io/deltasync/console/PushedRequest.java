package io.deltasync.console;

import java.time.Instant;

import io.deltasync.inbox.StoredPush;
import org.jspecify.annotations.Nullable;

/**
 * A request that was pushed to a Link. The components are its fields in JSON.
 *
 * @param link the Link's name
 * @param id its number; requests are delivered in the order of their numbers
 * @param state whether it waits, was delivered or was discarded by a person. It is
 * delivered when each record was delivered, left out, or stored as a reject that is
 * retried on its own
 * @param records the number of its records
 * @param bytes the size of its body
 * @param receivedAt when it was stored
 * @param event the Sync Event that has delivered it; null before
 * @param deliveredAt when it was delivered; null before
 * @param note why it has to wait; null if nothing keeps it
 */
public record PushedRequest(String link, long id, StoredPush.State state, long records, long bytes, Instant receivedAt,
		@Nullable Long event, @Nullable Instant deliveredAt, @Nullable String note) {

	static PushedRequest of(StoredPush push, @Nullable String note) {
		return new PushedRequest(push.link(), push.id(), push.state(), push.records(), push.bytes(), push.receivedAt(),
				push.event(), push.deliveredAt(), (push.state() == StoredPush.State.WAITING) ? note : null);
	}

}
