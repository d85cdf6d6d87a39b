package io.deltasync.console;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.link.Links;
import io.deltasync.link.notification.Notifications;
import io.deltasync.notice.ChannelFigures;
import io.deltasync.notice.Outbox;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what became of notifications. Thread-safe.
 */
@Component
public class ChannelStates {

	private final Notifications notifications;

	private final Outbox outbox;

	ChannelStates(Links links, Outbox outbox) {
		this.notifications = links.notifications();
		this.outbox = outbox;
	}

	/**
	 * Lists the channels.
	 * @return the configured ones, and those with messages that nobody sends any more
	 * @throws org.springframework.dao.DataAccessException if the database does not answer
	 */
	public List<ChannelState> all() {
		Map<String, ChannelState> states = new LinkedHashMap<>();
		this.notifications.channels()
			.keySet()
			.forEach((name) -> states.put(name, state(new ChannelFigures(name, 0, 0, null, 0, null))));
		this.outbox.figures().forEach((figures) -> states.put(figures.channel(), state(figures)));
		return List.copyOf(states.values());
	}

	private ChannelState state(ChannelFigures figures) {
		return new ChannelState(figures.channel(), this.notifications.describe(figures.channel()), figures.pending(),
				figures.failing(), figures.oldestPending(), figures.expired(), figures.problem());
	}

	/**
	 * What became of the messages of a channel. Its components are its fields in JSON.
	 *
	 * @param channel the name of the channel
	 * @param to where it leads, without secrets; null if it is no longer configured
	 * @param pending the number of messages to send, with those that failed before
	 * @param failing the number of those among them that failed before
	 * @param oldestPending when the oldest of them was written, or null
	 * @param expired the number of messages that have expired and are still stored
	 * @param problem why an attempt at a pending message failed, or null
	 */
	public record ChannelState(String channel, @Nullable String to, long pending, long failing,
			@Nullable Instant oldestPending, long expired, @Nullable String problem) {

	}

}
