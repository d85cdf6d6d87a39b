package io.deltasync.link.notification;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;

/**
 * How people are notified of a Link, where it differs from {@code
 * deltasync.notifications}.
 *
 * @param channels The names of the channels that receive its messages. Default: all
 * @param on The states of which people are notified. Default: as for all Links
 * @param staleAfter The time without a successful run after which it is stale. Default:
 * as for all Links
 * @param holdingAfter The age at which a record that holds the window is reported.
 * Default: as for all Links
 * @param pingUrl The address that is called after each success. Treated as a secret.
 * Default: as for all Links
 */
public record LinkNotificationSettings(@Nullable List<String> channels, @Nullable Set<NoticeKind> on,
		@Nullable Duration staleAfter, @Nullable Duration holdingAfter, @Nullable String pingUrl) {

	/** Leaves out the address, which may be secret. */
	@Override
	public String toString() {
		return "%s to %s".formatted(this.on, this.channels);
	}

	/**
	 * Checks the values.
	 * @param link the Link's section, which collects the problems
	 */
	public void check(Section link) {
		NotificationSettings.checkPositive("notifications.stale-after", this.staleAfter, link);
		if (this.holdingAfter != null && this.holdingAfter.isNegative()) {
			link.problem("notifications.holding-after",
					"is %s; give a duration, where 0s reports each record at once".formatted(this.holdingAfter));
		}
		NotificationSettings.checkAddress("notifications.ping-url", this.pingUrl, link);
		link.areAsWritten("notifications.ping-url");
	}

}
