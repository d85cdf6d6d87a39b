package io.deltasync.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.event.view.Json;
import io.deltasync.link.notification.ChannelSettings;
import io.deltasync.link.notification.Notifications;
import io.deltasync.notice.Outbox;
import org.jspecify.annotations.Nullable;

/**
 * The channels of this process. Thread-safe.
 */
public final class Channels {

	/** How long a request to a webhook may take. */
	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final Notifications notifications;

	private final Map<String, Channel> channels = new HashMap<>();

	/**
	 * Creates the channels without connecting to them.
	 * @param notifications their settings
	 * @param mails sends mails; null if this application cannot
	 * @throws ConfigurationException if a channel needs mail and there is none
	 */
	public Channels(Notifications notifications, @Nullable Mails mails) {
		this(notifications, mails, LIMIT);
	}

	Channels(Notifications notifications, @Nullable Mails mails, Duration limit) {
		this.notifications = notifications;
		HttpCalls calls = new HttpCalls(limit);
		List<ConfigurationProblem> problems = new ArrayList<>();
		notifications.channels().forEach((name, settings) -> {
			if (!settings.isMail()) {
				this.channels.put(name, new WebhookChannel(settings, calls));
			}
			else if (mails != null) {
				this.channels.put(name, new MailChannel(settings, mails));
			}
			else {
				problems
					.add(new ConfigurationProblem("deltasync.notifications.channels.%s.mail-to".formatted(name), null,
							"needs a mail server, and none is configured; set spring.mail.host, and in an application "
									+ "that embeds DeltaSync add spring-boot-starter-mail",
							null));
			}
		});
		if (!problems.isEmpty()) {
			throw new ConfigurationException(problems);
		}
	}

	Optional<Channel> find(String name) {
		return Optional.ofNullable(this.channels.get(name));
	}

	/**
	 * Sends a test message to channels, one after the other, and waits for the answers.
	 * Nothing is stored or repeated.
	 * @param names the names of the channels
	 * @param link the Link that the message names, or null
	 * @param now the current time
	 * @return the answers
	 */
	public List<TestAnswer> test(List<String> names, @Nullable String link, Instant now) {
		String body = Json.write(new Notice(Notice.TEST, now,
				new Notice.Data(link, null, null, null,
						(link != null) ? "This is a test of the notifications of Link '%s'".formatted(link)
								: "This is a test of the notifications",
						null, null, null, null, 0, 0)));
		return names.stream().map((name) -> test(name, body, now)).toList();
	}

	private TestAnswer test(String name, String body, Instant now) {
		ChannelSettings settings = this.notifications.channels().get(name);
		try {
			Channel channel = find(name).orElseThrow();
			return new TestAnswer(name, String.valueOf(settings), true, channel.send(Outbox.newMessageId(), body, now));
		}
		catch (UndeliveredException ex) {
			return new TestAnswer(name, String.valueOf(settings), false, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * The answer to a test message. Its components are its fields in JSON.
	 *
	 * @param channel the name of the channel
	 * @param to where it leads, without secrets
	 * @param accepted whether the message was accepted
	 * @param answer what was answered, or why there is no answer
	 */
	public record TestAnswer(String channel, String to, boolean accepted, String answer) {

	}

}
