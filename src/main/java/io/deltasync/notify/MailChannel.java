package io.deltasync.notify;

import java.time.Instant;
import java.util.Objects;

import io.deltasync.config.Secrets;
import io.deltasync.link.notification.ChannelSettings;

/**
 * Sends messages by mail.
 */
final class MailChannel implements Channel {

	private static final int LONGEST_SUBJECT = 200;

	private final ChannelSettings settings;

	private final Mails mails;

	MailChannel(ChannelSettings settings, Mails mails) {
		this.settings = settings;
		this.mails = mails;
	}

	@Override
	public String send(String messageId, String body, Instant now) throws UndeliveredException {
		MessageText text = MessageText.of(body);
		String subject = (text.subject().length() > LONGEST_SUBJECT)
				? text.subject().substring(0, LONGEST_SUBJECT - 1) + "…" : text.subject();
		try {
			this.mails.send(messageId, Objects.requireNonNull(this.settings.mailFrom()), this.settings.mailTo(),
					"[DeltaSync] " + subject, text.all() + "\n");
			return "accepted by the mail server";
		}
		catch (RuntimeException ex) {
			throw new UndeliveredException("the mail server did not accept it: "
					+ Secrets.mask(String.valueOf(ex.getMessage())).replaceAll("\\R", " "));
		}
	}

}
