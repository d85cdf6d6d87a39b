package io.deltasync.notice;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The messages of a channel. Its components are its fields in JSON.
 *
 * @param channel the name of the channel
 * @param pending the number of messages to send, with those that failed before
 * @param failing the number of those among them that failed before
 * @param oldestPending when the oldest of them was written; null for none
 * @param expired the number of messages that have expired and are still stored
 * @param problem why an attempt at a pending message failed, or null
 */
public record ChannelFigures(String channel, long pending, long failing, @Nullable Instant oldestPending, long expired,
		@Nullable String problem) {

}
