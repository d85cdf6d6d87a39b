package io.deltasync.notify;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.deltasync.event.view.Json;
import io.deltasync.link.notification.ChannelSettings;
import io.deltasync.link.notification.ChannelSettings.Format;

/**
 * Sends messages as POST requests. Every attempt has its own timestamp and signature, and
 * the same id.
 */
final class WebhookChannel implements Channel {

	private final ChannelSettings settings;

	private final HttpCalls calls;

	WebhookChannel(ChannelSettings settings, HttpCalls calls) {
		this.settings = settings;
		this.calls = calls;
	}

	@Override
	public String send(String messageId, String body, Instant now) throws UndeliveredException {
		String sent = (this.settings.format() == Format.SLACK) ? Json.write(Map.of("text", MessageText.of(body).all()))
				: body;
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(Objects.requireNonNull(this.settings.webhookUrl())))
			.header("content-type", "application/json")
			.header("user-agent", "DeltaSync")
			.header("webhook-id", messageId)
			.header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
			.POST(BodyPublishers.ofString(sent));
		byte[] key = this.settings.key();
		if (key != null) {
			request.header("webhook-signature", WebhookSignature.of(key, messageId, now, sent));
		}
		return this.calls.call(request.build());
	}

}
