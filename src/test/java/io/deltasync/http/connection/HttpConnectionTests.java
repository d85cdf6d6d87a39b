package io.deltasync.http.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a connection does, against a server that fails on demand.
 */
class HttpConnectionTests {

	private static final String OPEN = "allow-private: true";

	private static HttpServer server;

	@BeforeAll
	static void start() {
		server = new HttpServer();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void reset() {
		server.wire.resetAll();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			none                                                              |               |
			type: basic, username: anna, password: "geh:eim"                  | Authorization | Basic YW5uYTpnZWg6ZWlt
			type: bearer, token: t0ken                                        | Authorization | Bearer t0ken
			type: api-key, api-key: k3y, header: X-Api-Key                    | X-Api-Key     | k3y
			""")
	void connectionIdentifiesItselfByAHeader(String auth, String header, String value) throws Exception {
		server.wire.stubFor(any(anyUrl()).willReturn(ok("[]")));
		HttpConnection connection = server
			.connection(OPEN + (auth.equals("none") ? "" : ", auth: { %s }".formatted(auth)));

		assertThat(text(connection, HttpCall.get("/orders"))).isEqualTo("[]");

		assertThat(server.wire.findAll(getRequestedFor(urlEqualTo("/orders")))).singleElement()
			.satisfies((request) -> assertThat(request.getHeader((header != null) ? header : "Authorization"))
				.isEqualTo(value));
	}

	@Test
	void keyInTheQueryIsSentAndNeverShown() throws Exception {
		server.wire.stubFor(any(anyUrl()).willReturn(ok("[]")));
		HttpConnection connection = server
			.connection(OPEN + ", auth: { type: api-key, api-key: \"k&y-1234\", query: key }");

		try (HttpAnswer answer = connection.send(HttpCall.get("/orders?a=1").withQuery("b c", "ü/"))) {
			assertThat(answer.uri()).isEqualTo(URI.create(server.url() + "/orders?a=1&b%20c=%C3%BC%2F"));
		}

		server.wire.verify(getRequestedFor(urlEqualTo("/orders?a=1&b%20c=%C3%BC%2F&key=k%26y-1234")));
	}

	@Test
	void headersOfTheCallReplaceThoseOfTheConnection() throws Exception {
		server.wire.stubFor(any(anyUrl()).willReturn(ok()));
		HttpConnection connection = server
			.connection(OPEN + ", headers: { Accept: text/csv, X-Api-Version: \"1.10\" }");

		connection.send(HttpCall.get("/").withHeader("accept", "application/json")).close();

		server.wire.verify(getRequestedFor(urlEqualTo("/")).withHeader("Accept", equalTo("application/json"))
			.withHeader("X-Api-Version", equalTo("1.10")));
	}

	@Test
	void bodyIsSentWithItsType() throws Exception {
		server.wire.stubFor(any(anyUrl()).willReturn(status(201)));
		HttpCall call = new HttpCall("PUT", "/orders/1", List.of(), Map.of("Idempotency-Key", "a"),
				new HttpCall.Body("{\"ü\":1}".getBytes(StandardCharsets.UTF_8), "application/json"), true);

		try (HttpAnswer answer = server.connection(OPEN).send(call)) {
			assertThat(answer.status()).isEqualTo(201);
			assertThat(answer.isSuccess()).isTrue();
		}

		server.wire.verify(WireMock.putRequestedFor(urlEqualTo("/orders/1"))
			.withHeader("Content-Type", equalTo("application/json"))
			.withHeader("Idempotency-Key", equalTo("a"))
			.withRequestBody(equalTo("{\"ü\":1}")));
	}

	@Test
	void answerTellsTheTimeOfTheServer() throws Exception {
		server.wire.stubFor(any(anyUrl()).willReturn(ok().withHeader("Date", "Tue, 03 Nov 2026 10:15:30 GMT")));

		try (HttpAnswer answer = server.connection(OPEN).send(HttpCall.get("/"))) {
			assertThat(answer.date()).isEqualTo(Instant.parse("2026-11-03T10:15:30Z"));
		}
	}

	@Test
	void redirectWithinTheServerIsFollowedWithTheKey() throws Exception {
		server.wire.stubFor(get("/old").willReturn(status(302).withHeader("Location", "/new?x=1")));
		server.wire.stubFor(get("/new?x=1").willReturn(ok("found")));

		assertThat(text(server.connection(OPEN + ", auth: { type: api-key, api-key: k3y, header: X-Api-Key }"),
				HttpCall.get("/old")))
			.isEqualTo("found");

		server.wire.verify(getRequestedFor(urlEqualTo("/new?x=1")).withHeader("X-Api-Key", equalTo("k3y")));
	}

	@Test
	void redirectToAnotherServerIsRefusedSoThatItNeverGetsTheKey() {
		try (HttpServer other = new HttpServer()) {
			server.wire
				.stubFor(any(anyUrl()).willReturn(status(302).withHeader("Location", other.url() + "/new?key=x")));

			assertThatExceptionOfType(HttpRefusedException.class)
				.isThrownBy(() -> server.connection(OPEN + ", auth: { type: api-key, api-key: k3y, header: X-Api-Key }")
					.send(HttpCall.get("/old?secret=x")))
				.withMessage(
						"GET %s/old (connection 'shop') is redirected to another server, %s, which is not followed, "
								+ "so that credentials go nowhere else; if that is the right server, change the connection's url",
						server.url(), other.url());
			other.wire.verify(0, anyRequestedFor(anyUrl()));
		}
	}

	@Test
	void endlessRedirectEnds() {
		server.wire.stubFor(get("/old").willReturn(status(307).withHeader("Location", "/old")));

		assertThatExceptionOfType(HttpException.class)
			.isThrownBy(() -> server.connection(OPEN).send(HttpCall.get("/old")))
			.withMessageContaining("is redirected over and over");
	}

	@Test
	void writingRequestIsNeverRedirected() throws Exception {
		server.wire.stubFor(any(urlEqualTo("/old")).willReturn(status(307).withHeader("Location", "/new")));

		try (HttpAnswer answer = server.connection(OPEN)
			.send(new HttpCall("POST", "/old", List.of(), Map.of(), null, false))) {
			assertThat(answer.status()).isEqualTo(307);
		}
	}

	@ParameterizedTest
	@CsvSource({ "https://elsewhere.example/orders", "http://localhost:1/orders", "//elsewhere.example/orders" })
	void absoluteUrlOfAnotherServerIsRefused(String url) {
		server.wire.stubFor(any(anyUrl()).willReturn(ok("mine")));
		HttpConnection connection = server.connection(OPEN);

		if (url.startsWith("//")) {
			// only a path that begins with two slashes
			assertThat(HttpUrl.of(URI.create(server.url()), url, List.of()).getHost()).isEqualTo("localhost");
		}
		else {
			assertThatExceptionOfType(HttpRefusedException.class).isThrownBy(() -> connection.send(HttpCall.get(url)))
				.withMessageContainingAll("connection 'shop' leads to " + server.url() + " alone");
		}
	}

	@Test
	void privateAddressIsRefusedBeforeAnythingIsSent() {
		assertThatExceptionOfType(HttpRefusedException.class)
			.isThrownBy(() -> server.connection("retries: 0").send(HttpCall.get("/orders")))
			.withMessageContainingAll("GET " + server.url() + "/orders", "connection 'shop'",
					"is not sent: the host has the address 127.0.0.1, which is not public", "allow-private");
		server.wire.verify(0, anyRequestedFor(anyUrl()));
	}

	@Test
	void listedAddressIsAllowed() throws Exception {
		server.wire.stubFor(any(anyUrl()).willReturn(ok("[]")));

		assertThat(text(server.connection("allow-addresses: [ 127.0.0.0/8, \"::1\" ]"), HttpCall.get("/")))
			.isEqualTo("[]");
	}

	@Test
	void readingRequestIsRepeatedAfterAPassingFailure() throws Exception {
		failThenSucceed(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), status(503));

		assertThat(text(server.connection(OPEN), HttpCall.get("/"))).isEqualTo("done");
	}

	@Test
	void writingRequestThatMayHaveArrivedIsNotRepeated() {
		failThenSucceed(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), status(503));

		assertThatExceptionOfType(HttpUnavailableException.class)
			.isThrownBy(() -> server.connection(OPEN).send(new HttpCall("POST", "/", List.of(), Map.of(), null, false)))
			.withMessageStartingWith("POST %s/ (connection 'shop') has no answer: ", server.url());
	}

	@ParameterizedTest
	@CsvSource({ "1764547260, 60", "1764547260123, 60", "1764547260.5, 60", "90, 90", "1, 1", "1764547100, 1" })
	void endOfALimitIsReadInEachWayInWhichServersWriteIt(String header, long seconds) {
		Instant serverTime = Instant.ofEpochSecond(1_764_547_200);

		assertThat(RetryAfter.ofReset(header, serverTime, Instant.EPOCH)).isBetween(Duration.ofSeconds(seconds),
				Duration.ofSeconds(seconds + 1));
		assertThat(RetryAfter.ofReset("soon", serverTime, Instant.EPOCH)).isNull();
		assertThat(RetryAfter.ofReset(null, serverTime, Instant.EPOCH)).isNull();
	}

	@Test
	void endOfALimitIsWaitedForByTheHeaderOfTheServer() {
		failThenSucceed(status(429).withHeader("X-Reset", "1"), status(503).withHeader("X-Reset", "600"));

		assertThatExceptionOfType(HttpRetryLaterException.class)
			.isThrownBy(() -> server.connection(OPEN + ", reset-header: X-Reset").send(HttpCall.get("/")))
			.satisfies((later) -> assertThat(later.duration()).isEqualTo(Duration.ofSeconds(600)));
	}

	@Test
	void shortWaitThatTheServerAsksForIsKept() throws Exception {
		failThenSucceed(status(429).withHeader("Retry-After", "1"), status(503));
		long start = System.nanoTime();

		assertThat(text(server.connection(OPEN), HttpCall.get("/"))).isEqualTo("done");

		assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			3600                          |
			Tue, 03 Nov 2026 11:00:00 GMT | Tue, 03 Nov 2026 10:00:00 GMT
			""")
	void longWaitIsLeftToTheCaller(String retryAfter, String date) {
		server.wire.stubFor(any(anyUrl()).willReturn(status(429).withHeader("Retry-After", retryAfter)
			.withHeader("Date", (date != null) ? date : "Tue, 03 Nov 2026 10:00:00 GMT")
			.withBody("{ \"message\": \"too\n fast\", \"access_token\": \"abc\" }")));

		assertThatExceptionOfType(HttpRetryLaterException.class)
			.isThrownBy(() -> server.connection(OPEN).send(HttpCall.get("/")))
			.satisfies((ex) -> assertThat(ex.duration()).hasHours(1))
			.withMessageContainingAll("asks for a wait of 3600 s", "too fast", "\"access_token\": \"***\"");
	}

	@Test
	void statusOfAnErrorIsReturned() throws Exception {
		server.wire.stubFor(any(anyUrl()).willReturn(status(404).withBody("no such thing; your key is k3y-k3y")));

		try (HttpAnswer answer = server.connection(OPEN + ", auth: { type: bearer, token: k3y-k3y }")
			.send(HttpCall.get("/"))) {
			assertThat(answer.status()).isEqualTo(404);
			assertThat(answer.excerpt()).isEqualTo("no such thing; your key is ***");
		}
	}

	@Test
	void serverThatIsNotThereIsUnavailable() throws IOException {
		int port;
		try (ServerSocket nobody = new ServerSocket(0)) {
			port = nobody.getLocalPort();
		}

		assertThatExceptionOfType(HttpUnavailableException.class)
			.isThrownBy(
					() -> server.connection("http://localhost:" + port, OPEN + ", retries: 1").send(HttpCall.get("/x")))
			.withMessage("GET http://localhost:%d/x (connection 'shop') has no answer after 2 attempts: "
					+ "the server refuses connections; check that it runs, and the connection's url", port);
	}

	@Test
	void stalledAnswerFailsAfterTheReadTimeout() {
		server.wire.stubFor(any(anyUrl()).willReturn(ok().withFixedDelay(5000)));

		assertThatExceptionOfType(HttpUnavailableException.class)
			.isThrownBy(() -> server.connection(OPEN + ", retries: 0, read-timeout: 200ms").send(HttpCall.get("/")))
			.withMessageContaining("the server sent nothing within the read-timeout of 200 ms");
	}

	@Test
	void steadyAnswerIsNotBoundByTheReadTimeoutButByThatOfTheCall() throws Exception {
		server.wire.stubFor(any(anyUrl()).willReturn(ok("0123456789".repeat(100)).withChunkedDribbleDelay(20, 1200)));

		assertThat(text(server.connection(OPEN + ", read-timeout: 400ms"), HttpCall.get("/"))).hasSize(1000);

		assertThatExceptionOfType(HttpUnavailableException.class).isThrownBy(
				() -> text(server.connection(OPEN + ", read-timeout: 400ms, call-timeout: 500ms"), HttpCall.get("/")))
			.withMessageContainingAll("broke off in the answer", "longer than the call-timeout of 500 ms");
	}

	@Test
	void answerAboveTheLimitFails() {
		server.wire.stubFor(any(anyUrl()).willReturn(ok("x".repeat(3000))));

		assertThatExceptionOfType(HttpException.class)
			.isThrownBy(() -> text(server.connection(OPEN + ", max-answer: 2KB"), HttpCall.get("/")))
			.withMessageContainingAll("has an answer of more than 2048B", "max-answer");
	}

	@Test
	void limitCountsAfterDecompression() throws IOException {
		server.wire.stubFor(any(anyUrl()).willReturn(ok().withBody(gzip("0".repeat(100_000)))));

		assertThatExceptionOfType(HttpException.class)
			.isThrownBy(() -> text(server.connection(OPEN + ", max-answer: 2KB"), HttpCall.get("/")))
			.withMessageContaining("more than 2048B");
	}

	@Test
	void compressionIsRecognisedByTheBytesWhateverTheHeaderSays() throws Exception {
		ByteArrayOutputStream members = new ByteArrayOutputStream();
		members.write(gzip("first "));
		members.write(gzip("second"));
		server.wire.stubFor(get("/members").willReturn(ok().withBody(members.toByteArray())));
		server.wire.stubFor(get("/lie").willReturn(ok("plain").withHeader("Content-Encoding", "gzip")));
		HttpConnection connection = server.connection(OPEN);

		assertThat(text(connection, HttpCall.get("/members"))).isEqualTo("first second");
		assertThat(text(connection, HttpCall.get("/lie"))).isEqualTo("plain");
	}

	@Test
	void truncatedAnswersFail() throws Exception {
		byte[] whole = gzip("0123456789".repeat(1000));
		server.wire.stubFor(get("/gzip").willReturn(ok().withBody(Arrays.copyOf(whole, whole.length - 9))));
		server.wire.stubFor(get("/chunks").willReturn(ok("x").withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
		HttpConnection connection = server.connection(OPEN + ", retries: 0");

		for (String path : List.of("/gzip", "/chunks")) {
			assertThatExceptionOfType(HttpException.class).as(path)
				.isThrownBy(() -> text(connection, HttpCall.get(path)))
				.withMessageContaining("connection 'shop'");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "X-Header: x\r\n" })
	void endlessHeadOfAnAnswerEnds(String part) throws Exception {
		try (ServerSocket endless = new ServerSocket(0)) {
			CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
				try (Socket socket = endless.accept()) {
					OutputStream out = socket.getOutputStream();
					out.write("HTTP/1.1 200 OK\r\nX-Start: ".getBytes(StandardCharsets.UTF_8));
					while (true) {
						out.write(part.getBytes(StandardCharsets.UTF_8));
					}
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});

			assertThatExceptionOfType(HttpUnavailableException.class)
				.isThrownBy(() -> server.connection("http://localhost:" + endless.getLocalPort(), OPEN + ", retries: 0")
					.send(HttpCall.get("/")))
				.withMessageContaining("the head of the answer is too long");
			assertThat(writer).failsWithin(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void proxyGetsTheRequestAndLooksUpTheName() throws Exception {
		server.wire.stubFor(get("/orders").willReturn(ok("by proxy")));
		String proxy = "proxy: \"%s\"".formatted(server.url());

		assertThat(text(server.connection("http://shop.invalid", proxy), HttpCall.get("/orders")))
			.isEqualTo("by proxy");

		server.wire.verify(getRequestedFor(urlEqualTo("/orders")).withHeader("Host", equalTo("shop.invalid")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "10.0.0.1", "localhost", "[::1]" })
	void proxyIsNotAskedForPrivateAddresses(String host) {
		HttpConnection connection = server.connection("http://" + host, "proxy: \"%s\"".formatted(server.url()));

		assertThatExceptionOfType(HttpRefusedException.class).isThrownBy(() -> connection.send(HttpCall.get("/")));
		server.wire.verify(0, anyRequestedFor(anyUrl()));
	}

	@Test
	void certificateOfAnSslBundleIsTrusted(@TempDir Path directory) throws Exception {
		Path store = directory.resolve("server.p12");
		new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
				"-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
				"-storetype", "PKCS12", "-storepass", "geheim", "-keystore", store.toString())
			.inheritIO()
			.start()
			.waitFor();
		WireMockServer secure = new WireMockServer(WireMockConfiguration.options()
			.httpDisabled(true)
			.dynamicHttpsPort()
			.keystorePath(store.toString())
			.keystorePassword("geheim")
			.keyManagerPassword("geheim")
			.keystoreType("PKCS12"));
		secure.start();
		try {
			secure.stubFor(any(anyUrl()).willReturn(ok("secure")));
			String url = "https://localhost:" + secure.httpsPort();
			SslBundle bundle = SslBundle.of(new JksSslStoreBundle(null,
					new JksSslStoreDetails("PKCS12", null, store.toUri().toString(), "geheim")));

			assertThat(text(HttpServer.connections(url, OPEN + ", ssl-bundle: own", (name) -> bundle.createSslContext())
				.get("shop"), HttpCall.get("/"))).isEqualTo("secure");
			assertThatExceptionOfType(HttpUnavailableException.class)
				.isThrownBy(() -> server.connection(url, OPEN).send(HttpCall.get("/")))
				.withMessageContaining("TLS failed, check the certificates");
		}
		finally {
			secure.stop();
		}
	}

	private static void failThenSucceed(ResponseDefinitionBuilder first, ResponseDefinitionBuilder second) {
		server.wire.stubFor(any(anyUrl()).inScenario("s")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(first)
			.willSetStateTo("1"));
		server.wire
			.stubFor(any(anyUrl()).inScenario("s").whenScenarioStateIs("1").willReturn(second).willSetStateTo("2"));
		server.wire.stubFor(any(anyUrl()).inScenario("s").whenScenarioStateIs("2").willReturn(ok("done")));
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	private static String text(HttpConnection connection, HttpCall call) throws Exception {
		try (HttpAnswer answer = connection.send(call); InputStream body = answer.body()) {
			assertThat(answer.status()).isEqualTo(200);
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
