package io.deltasync.link.notification;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.deltasync.config.ConfigurationReader;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Everything below {@code deltasync.notifications}.
 *
 * @param settings the settings for all Links
 * @param channels the channels by name
 */
public record Notifications(NotificationSettings settings, Map<String, ChannelSettings> channels) {

	private static final Pattern CHANNEL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");

	/**
	 * Reads the settings and the channels.
	 * @param reader the configuration, which collects the problems
	 * @return the settings, to be used only if there are no problems
	 */
	public static Notifications read(ConfigurationReader reader) {
		Section section = reader.section(NotificationSettings.NAME);
		section.part("channels");
		NotificationSettings settings = section.bind(NotificationSettings.class);
		if (settings == null) {
			throw new IllegalStateException("NotificationSettings cannot be made without any values");
		}
		settings.check(section);
		section.finish();
		return new Notifications(settings, readChannels(reader));
	}

	private static Map<String, ChannelSettings> readChannels(ConfigurationReader reader) {
		Map<String, ChannelSettings> channels = new LinkedHashMap<>();
		reader.sections(ConfigurationPropertyName.of(NotificationSettings.NAME + ".channels"), false)
			.forEach((name, section) -> {
				ChannelSettings settings = section.bind(ChannelSettings.class);
				section.finish();
				if (!CHANNEL_NAME.matcher(name).matches()) {
					section.problem("has a name with other characters than letters, digits, '.', '_' and '-', or with "
							+ "more than 60");
				}
				section.areAsWritten("webhook-url", "secret");
				if (settings != null && section.isComplete()) {
					settings.check(section);
					channels.put(name, settings);
				}
				section.problems().forEach(reader::note);
			});
		return channels;
	}

	/**
	 * Returns the settings of a Link.
	 * @param own what the Link says itself
	 * @param section the Link's section, for problems
	 * @return its own settings and the defaults
	 */
	public LinkNotifications of(LinkNotificationSettings own, Section section) {
		List<String> named = own.channels();
		if (named != null) {
			named.stream()
				.filter((name) -> !this.channels.containsKey(name))
				.forEach((name) -> section.problem("notifications.channels",
						"names '%s', which is not among 'deltasync.notifications.channels': %s".formatted(name,
								this.channels.isEmpty() ? "none is configured"
										: String.join(", ", this.channels.keySet()))));
		}
		String ping = own.pingUrl();
		return new LinkNotifications((named != null) ? named : List.copyOf(this.channels.keySet()),
				(own.on() != null) ? own.on() : this.settings.kinds(),
				(own.staleAfter() != null) ? own.staleAfter() : this.settings.staleAfter(),
				(own.holdingAfter() != null) ? own.holdingAfter() : this.settings.holdingAfter(),
				(ping != null) ? ping : this.settings.pingUrl());
	}

	/** Describes a channel for messages; null if it is not configured. */
	public @Nullable String describe(String channel) {
		ChannelSettings settings = this.channels.get(channel);
		return (settings != null) ? settings.toString() : null;
	}

}
