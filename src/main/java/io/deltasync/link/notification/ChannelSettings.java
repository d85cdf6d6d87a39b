package io.deltasync.link.notification;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import io.deltasync.config.Section;
import io.deltasync.config.WebAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A place to which notifications are sent: a webhook, or mail addresses. The descriptions
 * of the components appear in the configuration metadata and in the documentation.
 *
 * @param webhookUrl The http or https address that receives messages as POST requests.
 * Treated as a secret. Default: none, required unless 'mail-to' is given
 * @param format The body of a request. 'json': the documented JSON, which is signed.
 * 'slack': a text that Slack, Mattermost and others understand
 * @param secret The key of the signature, 24 bytes or more: a text, or 'whsec_' and
 * Base64. Default: none, required with 'format: json'
 * @param mailTo Mail addresses that receive messages by the server in 'spring.mail.host'
 * @param mailFrom The sender's mail address. Default: none, required with 'mail-to'
 */
@ConfigurationProperties(Section.ROOT + ".notifications.channels.*")
public record ChannelSettings(@Nullable String webhookUrl, @DefaultValue("json") Format format, @Nullable String secret,
		@DefaultValue List<String> mailTo, @Nullable String mailFrom) {

	private static final int SHORTEST_KEY = 24;

	private static final String BASE64_KEY = "whsec_";

	/**
	 * Only what would break a header or name several addresses; servers know the rest.
	 */
	private static final Pattern MAIL_ADDRESS = Pattern.compile("[^\\s@,;<>\"]+@[^\\s@,;<>\"]+");

	/**
	 * Whether messages are sent by mail.
	 * @return false for a webhook
	 */
	public boolean isMail() {
		return this.webhookUrl == null;
	}

	/**
	 * Returns the key of the signature.
	 * @return the key, or null if messages are not signed
	 */
	public byte @Nullable [] key() {
		if (this.secret == null) {
			return null;
		}
		return this.secret.startsWith(BASE64_KEY)
				? Base64.getDecoder().decode(this.secret.substring(BASE64_KEY.length()))
				: this.secret.getBytes(StandardCharsets.UTF_8);
	}

	void check(Section section) {
		if ((this.webhookUrl == null) == this.mailTo.isEmpty()) {
			section.problem((this.webhookUrl == null) ? "has neither 'webhook-url' nor 'mail-to'; give one of them"
					: "has 'webhook-url' and 'mail-to'; give each a channel of its own");
		}
		else if (this.webhookUrl != null) {
			checkWebhook(this.webhookUrl, section);
		}
		else {
			checkMail(section);
		}
	}

	private void checkWebhook(String url, Section section) {
		String problem = WebAddress.problem(url);
		if (problem != null) {
			section.problem("webhook-url", problem);
		}
		if (this.mailFrom != null) {
			section.problem("mail-from", "is only for 'mail-to'; remove it");
		}
		if (this.secret == null && this.format == Format.JSON) {
			section.problem("secret",
					"is missing; give a key of %d bytes or more, with which receivers check who sent a message"
						.formatted(SHORTEST_KEY));
		}
		if (this.secret != null && !isKey()) {
			section.problem("secret", "is too short or not valid; give %d bytes or more, as text or as '%s' and Base64"
				.formatted(SHORTEST_KEY, BASE64_KEY));
		}
	}

	private boolean isKey() {
		try {
			byte[] key = key();
			return key != null && key.length >= SHORTEST_KEY;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private void checkMail(Section section) {
		if (this.secret != null) {
			section.problem("secret", "is only for 'webhook-url'; remove it");
		}
		if (this.mailFrom == null) {
			section.problem("mail-from", "is missing; give the sender's mail address");
		}
		else if (!MAIL_ADDRESS.matcher(this.mailFrom).matches()) {
			section.problem("mail-from", "is '%s'; give one mail address".formatted(this.mailFrom));
		}
		for (String address : this.mailTo) {
			if (!MAIL_ADDRESS.matcher(address).matches()) {
				section.problem("mail-to",
						"contains '%s', which is not one mail address; give a list".formatted(address));
			}
		}
	}

	/** Describes the channel without what is secret. */
	@Override
	public String toString() {
		return (this.webhookUrl != null) ? WebAddress.place(this.webhookUrl) + " (" + this.format.words() + ")"
				: "mail to " + String.join(", ", this.mailTo);
	}

	/** The body of a request to a webhook. */
	public enum Format {

		/** The documented JSON, signed. */
		JSON,

		/** A JSON object with a text, as chats expect. */
		SLACK;

		String words() {
			return (this == JSON) ? "json" : "slack";
		}

	}

}
