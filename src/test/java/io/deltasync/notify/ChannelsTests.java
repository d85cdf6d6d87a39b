package io.deltasync.notify;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.deltasync.config.ConfigurationException;
import io.deltasync.event.view.Json;
import io.deltasync.link.notification.ChannelSettings;
import io.deltasync.link.notification.ChannelSettings.Format;
import io.deltasync.link.notification.NotificationSettings;
import io.deltasync.link.notification.Notifications;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What receivers get, and what becomes of an answer.
 */
@Timeout(60)
class ChannelsTests {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00.123456Z");

	private static final String SECRET = "a secret that nobody guesses";

	private static final String BODY = """
			{"type":"link.failed","timestamp":"2026-11-29T12:00:00Z","data":{"link":"orders","message":"Link 'orders' failed",\
			"since":null,"lastSuccess":"2026-11-29T11:00:00Z","command":"event 7"}}""";

	private final Receiver receiver = new Receiver();

	@AfterEach
	void close() {
		this.receiver.close();
	}

	private static Channel channel(ChannelSettings settings, Duration limit) {
		return new Channels(notifications(settings), null, limit).find("ops").orElseThrow();
	}

	private static Notifications notifications(ChannelSettings settings) {
		return new Notifications(new NotificationSettings(null, null, Duration.ZERO, null, null, Duration.ofMinutes(1),
				Duration.ofDays(3)), Map.of("ops", settings));
	}

	private ChannelSettings webhook(Format format, @Nullable String secret) {
		return new ChannelSettings(this.receiver.url("/hook"), format, secret, List.of(), null);
	}

	private Channel json() {
		return channel(webhook(Format.JSON, SECRET), Duration.ofSeconds(20));
	}

	private static String signature(byte[] key, Receiver.Request request) throws Exception {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(key, "HmacSHA256"));
		String signed = request.id() + "." + request.timestamp() + "." + request.body();
		return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void aReceiverCanCheckTheSignature() throws Exception {
		assertThat(json().send("msg_1", BODY, NOW)).isEqualTo("answered 204");

		Receiver.Request request = this.receiver.requests().get(0);
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.body()).isEqualTo(BODY);
		assertThat(request.id()).isEqualTo("msg_1");
		assertThat(request.timestamp()).isEqualTo(String.valueOf(NOW.getEpochSecond()));
		assertThat(request.signature()).isEqualTo(signature(SECRET.getBytes(StandardCharsets.UTF_8), request));
	}

	@Test
	void theKnownSignatureOfTheSpecificationIsMade() {
		byte[] key = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

		assertThat(WebhookSignature.of(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330),
				"{\"test\": 2432232314}"))
			.isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
	}

	@Test
	void aSecretInBase64IsDecoded() throws Exception {
		byte[] key = new byte[32];
		key[3] = 7;
		channel(webhook(Format.JSON, "whsec_" + Base64.getEncoder().encodeToString(key)), Duration.ofSeconds(20))
			.send("msg_1", BODY, NOW);

		Receiver.Request request = this.receiver.requests().get(0);
		assertThat(request.signature()).isEqualTo(signature(key, request));
	}

	@Test
	void chatsGetAText() throws Exception {
		channel(webhook(Format.SLACK, null), Duration.ofSeconds(20)).send("msg_1", BODY, NOW);

		JsonNode sent = Json.mapper().readTree(this.receiver.requests().get(0).body());
		assertThat(sent.propertyNames()).containsExactly("text");
		assertThat(sent.path("text").asString()).isEqualTo("""
				DeltaSync: Link 'orders' failed
				Last success: 2026-11-29T11:00:00Z
				To see more: event 7""");
		assertThat(this.receiver.requests().get(0).signature()).isNull();
	}

	@Test
	void anErrorIsNotASuccess() {
		this.receiver.answers(500);

		assertThatExceptionOfType(UndeliveredException.class).isThrownBy(() -> json().send("msg_1", BODY, NOW))
			.withMessageMatching("http://localhost:\\d+ answered 500");
	}

	@Test
	void aRedirectIsNotFollowed() {
		this.receiver.answers(307);

		assertThatExceptionOfType(UndeliveredException.class).isThrownBy(() -> json().send("msg_1", BODY, NOW))
			.withMessageEndingWith("answered 307; redirects are not followed");
		assertThat(this.receiver.requests()).extracting(Receiver.Request::path).containsExactly("/hook");
	}

	@Test
	void aSilentReceiverIsGivenUp() {
		this.receiver.answers(Receiver.SILENCE);
		Channel channel = channel(webhook(Format.JSON, SECRET), Duration.ofMillis(200));

		assertThatExceptionOfType(UndeliveredException.class).isThrownBy(() -> channel.send("msg_1", BODY, NOW))
			.withMessageContaining("has not answered");
	}

	@Test
	void aMissingReceiverIsNamedWithoutItsPath() {
		this.receiver.close();

		assertThatExceptionOfType(UndeliveredException.class).isThrownBy(() -> json().send("msg_1", BODY, NOW))
			.withMessageContaining("refused the connection")
			.withMessageNotContaining("hook");
	}

	@Test
	void aTestTellsWhatEachChannelAnswered() {
		this.receiver.answers(404);
		Channels channels = new Channels(notifications(webhook(Format.JSON, SECRET)), null);

		List<Channels.TestAnswer> answers = channels.test(List.of("ops"), "orders", NOW);

		assertThat(answers).singleElement().satisfies((answer) -> {
			assertThat(answer.accepted()).isFalse();
			assertThat(answer.answer()).endsWith("answered 404");
			assertThat(answer.to()).startsWith("http://localhost:").doesNotContain("hook");
		});
		assertThat(this.receiver.requests().get(0).body()).contains("\"type\":\"test\"").contains("orders");
	}

	@Test
	void mailWithoutAServerIsRefused() {
		Map<String, ChannelSettings> channels = new HashMap<>();
		channels.put("team",
				new ChannelSettings(null, Format.JSON, null, List.of("team@example.com"), "a@example.com"));
		Notifications notifications = new Notifications(notifications(webhook(Format.JSON, SECRET)).settings(),
				channels);

		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> new Channels(notifications, null))
			.withMessageContaining("spring.mail.host");
	}

	@Test
	void waitsBetweenAttemptsGrowUpToALimit() {
		assertThat(NoticeSender.delay(1)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
		assertThat(NoticeSender.delay(3)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(48));
		assertThat(NoticeSender.delay(1000)).isBetween(Duration.ofHours(1), Duration.ofMinutes(72));
	}

}
