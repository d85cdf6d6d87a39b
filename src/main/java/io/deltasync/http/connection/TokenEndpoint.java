package io.deltasync.http.connection;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server that issues the tokens of a connection. Thread-safe.
 */
final class TokenEndpoint {

	private static final int MOST_BYTES = 256 * 1024;

	private final URI url;

	private final HttpAuth auth;

	private final HttpSettings settings;

	private final Transport transport;

	private final CallFailures failures;

	private final InstantSource clock = InstantSource.system();

	TokenEndpoint(HttpSettings settings, Transport transport, CallFailures failures) {
		this.auth = settings.auth();
		this.url = URI.create(Objects.requireNonNull(this.auth.tokenUrl()));
		this.settings = settings;
		this.transport = transport;
		this.failures = failures;
	}

	/**
	 * Asks for an access token.
	 * @param refreshToken the token to exchange; null to ask with the client's
	 * credentials alone
	 * @return the tokens, with the given refresh token if the server issued no other
	 * @throws HttpException if there is no token
	 */
	Tokens ask(@Nullable String refreshToken) throws HttpException, InterruptedException {
		HttpCall call = new HttpCall("POST", this.url.toString(), List.of(), Map.of(), null, refreshToken == null);
		Attempts attempts = new Attempts(this.settings, this.failures);
		while (true) {
			try (HttpAnswer answer = send(refreshToken)) {
				if (answer.isSuccess() || !attempts.waitAfter(call, answer)) {
					return read(answer, refreshToken);
				}
			}
			catch (IOException ex) {
				attempts.waitAfter(call, this.url, ex);
			}
		}
	}

	private HttpAnswer send(@Nullable String refreshToken) throws IOException {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("grant_type", (refreshToken != null) ? "refresh_token" : "client_credentials");
		if (refreshToken != null) {
			form.put("refresh_token", refreshToken);
		}
		if (this.auth.scope() != null) {
			form.put("scope", this.auth.scope());
		}
		if (this.auth.parameters() != null) {
			form.putAll(this.auth.parameters());
		}
		HttpPost post = new HttpPost(this.url);
		String id = Objects.requireNonNull(this.auth.clientId());
		String secret = this.auth.clientSecret();
		if (secret == null || this.auth.clientIn() == HttpAuth.ClientIn.BODY) {
			form.put("client_id", id);
			if (secret != null) {
				form.put("client_secret", secret);
			}
		}
		else {
			String pair = HttpUrl.encoded(id) + ":" + HttpUrl.encoded(secret);
			post.setHeader("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
		}
		post.setHeader("Accept", "application/json");
		post.setEntity(new StringEntity(form.entrySet()
			.stream()
			.map((field) -> HttpUrl.encoded(field.getKey()) + "=" + HttpUrl.encoded(field.getValue()))
			.collect(Collectors.joining("&")), ContentType.APPLICATION_FORM_URLENCODED));
		Transport.Exchange exchange = this.transport.execute(post);
		HttpEntity entity = exchange.response().getEntity();
		HttpCall call = new HttpCall("POST", this.url.toString(), List.of(), Map.of(), null, false);
		return new HttpAnswer(this.url, exchange,
				new AnswerBody((entity != null) ? entity.getContent() : null, MOST_BYTES,
						new AnswerBody.Failures((ex) -> this.failures.whileReading(call, this.url, ex),
								(limit) -> this.failures.tooLarge(call, this.url, limit), this.failures::shortLine)));
	}

	private Tokens read(HttpAnswer answer, @Nullable String refreshToken) throws HttpException {
		JsonNode json = json(answer);
		String access = text(json, "access_token");
		if (!answer.isSuccess() || access == null) {
			throw this.failures.noToken(this.url, answer.status(), text(json, "error"), text(json, "error_description"),
					refreshToken != null);
		}
		String next = text(json, "refresh_token");
		return Tokens.of(access, life(json), (next != null) ? next : refreshToken, this.clock.instant());
	}

	/** Returns how long the token can be used, also if that is over; null if unknown. */
	private static @Nullable Duration life(JsonNode json) {
		JsonNode seconds = json.get("expires_in");
		long known = (seconds != null) ? seconds.asLong(-1) : -1;
		return (known >= 0) ? Duration.ofSeconds(known) : null;
	}

	private static JsonNode json(HttpAnswer answer) throws HttpException {
		try {
			return JsonMapper.shared().readTree(answer.body().readAllBytes());
		}
		catch (HttpException ex) {
			throw ex;
		}
		catch (IOException | JacksonException ex) {
			return JsonMapper.shared().createObjectNode();
		}
	}

	private static @Nullable String text(JsonNode json, String name) {
		JsonNode value = json.get(name);
		return (value != null && value.isString()) ? value.asString() : null;
	}

}
