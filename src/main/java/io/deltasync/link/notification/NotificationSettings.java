package io.deltasync.link.notification;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.deltasync.config.Section;
import io.deltasync.config.WebAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When people are notified, unless a Link says otherwise. The descriptions of the
 * components appear in the configuration metadata and in the documentation.
 *
 * @param on The states of Links of which people are notified when they begin and when
 * they end: 'failed', 'stale', 'holding', 'quarantine' and 'schema'. Default: all of them
 * @param staleAfter The time without a successful run after which a Link is stale.
 * Default: never
 * @param holdingAfter The age at which a record that holds the window is reported
 * @param pingUrl The http or https address that is called (GET) after each successful run
 * that moved the window, for a service that raises the alarm when the calls stop. Treated
 * as a secret. Default: none
 * @param servePingUrl The address that 'serve' calls (GET) while it is able to begin
 * runs. Treated as a secret. Default: none
 * @param servePingInterval The time between these calls, 1 s or more
 * @param expireAfter How long the delivery of a message is tried. Then it expires
 */
@ConfigurationProperties(NotificationSettings.NAME)
public record NotificationSettings(@Nullable Set<NoticeKind> on, @Nullable Duration staleAfter,
		@DefaultValue("1h") Duration holdingAfter, @Nullable String pingUrl, @Nullable String servePingUrl,
		@DefaultValue("1m") Duration servePingInterval, @DefaultValue("3d") Duration expireAfter) {

	static final String NAME = Section.ROOT + ".notifications";

	private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

	void check(Section section) {
		checkPositive("stale-after", this.staleAfter, section);
		checkPositive("expire-after", this.expireAfter, section);
		if (this.holdingAfter.isNegative()) {
			section.problem("holding-after",
					"is %s; give a duration, where 0s reports each record at once".formatted(this.holdingAfter));
		}
		if (this.servePingInterval.compareTo(SHORTEST_INTERVAL) < 0) {
			section.problem("serve-ping-interval", "is %s; give 1s or more".formatted(this.servePingInterval));
		}
		checkAddress("ping-url", this.pingUrl, section);
		checkAddress("serve-ping-url", this.servePingUrl, section);
		section.areAsWritten("ping-url", "serve-ping-url");
	}

	static void checkPositive(String key, @Nullable Duration time, Section section) {
		if (time != null && (time.isNegative() || time.isZero())) {
			section.problem(key, "is %s; give a duration above 0, such as 24h".formatted(time));
		}
	}

	static void checkAddress(String key, @Nullable String address, Section section) {
		String problem = (address != null) ? WebAddress.problem(address) : null;
		if (problem != null) {
			section.problem(key, problem);
		}
	}

	/** Leaves out the addresses, which may be secret. */
	@Override
	public String toString() {
		return "%s, stale after %s, holding after %s".formatted(kinds(), this.staleAfter, this.holdingAfter);
	}

	/** Returns the states of which people are notified. */
	Set<NoticeKind> kinds() {
		return (this.on != null) ? this.on : EnumSet.allOf(NoticeKind.class);
	}

}
