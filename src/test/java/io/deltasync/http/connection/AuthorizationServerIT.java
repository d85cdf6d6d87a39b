package io.deltasync.http.connection;

import java.util.List;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.connection.ConfiguredConnections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tokens of a server that was made by others: Spring's authorization server.
 */
class AuthorizationServerIT {

	private static AuthorizationServer provider;

	private static HttpServer api;

	@BeforeAll
	static void start() {
		provider = new AuthorizationServer();
		api = new HttpServer();
	}

	@AfterAll
	static void stop() {
		api.close();
		provider.close();
	}

	@BeforeEach
	void reset() {
		api.wire.resetAll();
		api.wire.stubFor(any(anyUrl()).willReturn(ok()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "header", "body" })
	void clientGetsATokenAndAnotherOneWhenItExpires(String place) throws Exception {
		HttpConnection connection = connection("type: oauth2-client-credentials, scope: orders, client-in: " + place,
				AuthorizationServer.SECRET);

		sendUntil(connection, 2);
	}

	@Test
	void refreshTokenIsReplacedWheneverItIsUsed() throws Exception {
		String first = provider.allow();
		HttpConnection connection = connection("type: oauth2-refresh-token, refresh-token: " + first,
				AuthorizationServer.SECRET);

		sendUntil(connection, 3);

		assertThat(provider.knows(first)).isFalse();
	}

	@Test
	void wrongSecretIsReportedInTheWordsOfTheServer() {
		HttpConnection connection = connection("type: oauth2-client-credentials", "wrong-secret");

		assertThatExceptionOfType(HttpException.class).isThrownBy(() -> connection.send(HttpCall.get("/")))
			.withMessageContainingAll("Connection 'shop' gets no token from " + provider.tokenUrl(), "status 401",
					"invalid_client", "auth.client-secret")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("wrong-secret"));
	}

	/** Sends requests until the API has been given so many tokens. */
	private static void sendUntil(HttpConnection connection, int count) throws Exception {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (tokens().size() < count) {
			assertThat(System.nanoTime()).isLessThan(end);
			connection.send(HttpCall.get("/")).close();
		}
	}

	/** Returns the different tokens that the API was given. */
	private static List<String> tokens() {
		return api.wire.findAll(anyRequestedFor(anyUrl()))
			.stream()
			.map((LoggedRequest request) -> request.getHeader("Authorization"))
			.distinct()
			.toList();
	}

	private static HttpConnection connection(String auth, String secret) {
		YamlEnvironment environment = new YamlEnvironment("""
				deltasync.connections.shop: { type: http, url: "%s", allow-private: true, auth: {
				  token-url: "%s", client-id: deltasync, client-secret: "%s", %s } }
				""".formatted(api.url(), provider.tokenUrl(), secret, auth));
		return new HttpConnections(new ConfiguredConnections(environment, List.of(new HttpConnectionType())))
			.get("shop");
	}

}
