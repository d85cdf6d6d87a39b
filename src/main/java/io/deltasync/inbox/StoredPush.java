package io.deltasync.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;

import io.deltasync.schema.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A stored request.
 *
 * @param link the Link's name
 * @param id its number; a Link's requests are numbered from 1 in the order in which they
 * are delivered
 * @param key the idempotency key that the sender chose
 * @param state its state
 * @param digest identifies its content
 * @param bytes the size of its body
 * @param records how many records it contains
 * @param receivedAt when it was stored
 * @param event the Sync Event that has delivered it, or null
 * @param deliveredAt when that was, or null
 */
public record StoredPush(String link, long id, String key, State state, String digest, long bytes, long records,
		Instant receivedAt, @Nullable Long event, @Nullable Instant deliveredAt) {

	static StoredPush of(ResultSet row) throws SQLException {
		Instant delivered = Columns.instant(row, "DELIVERED_AT");
		State state = (Columns.instant(row, "DISCARDED_AT") != null) ? State.DISCARDED
				: (delivered != null) ? State.DELIVERED : State.WAITING;
		return new StoredPush(row.getString("LINK"), row.getLong("PUSH_ID"), row.getString("IDEMPOTENCY_KEY"), state,
				row.getString("DIGEST"), row.getLong("BYTES"), row.getLong("RECORDS"),
				Objects.requireNonNull(Columns.instant(row, "RECEIVED_AT")), (Long) row.getObject("EVENT"), delivered);
	}

	/** The state of a request. */
	public enum State {

		/** A run will deliver it. */
		WAITING,

		/**
		 * Each of its records was delivered, or left out on purpose, or is a stored
		 * reject that is retried on its own.
		 */
		DELIVERED,

		/** A person has discarded it. */
		DISCARDED

	}

}
