package io.deltasync.link.notification;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How people are notified of a Link.
 *
 * @param channels the names of the channels that receive its messages; may be empty
 * @param on the states of which people are notified; may be empty
 * @param staleAfter the time without a successful run after which it is stale, or null
 * @param holdingAfter the age at which a record that holds the window is reported
 * @param pingUrl the address that is called after each success, or null
 */
public record LinkNotifications(List<String> channels, Set<NoticeKind> on, @Nullable Duration staleAfter,
		Duration holdingAfter, @Nullable String pingUrl) {

	/**
	 * Whether anybody is notified.
	 * @return false if nothing needs to be stored
	 */
	public boolean areSent() {
		return !this.channels.isEmpty() && !this.on.isEmpty();
	}

	/** Leaves out the address, which may be secret. */
	@Override
	public String toString() {
		return "%s to %s".formatted(this.on, this.channels);
	}

}
