package io.deltasync.http.target;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.TargetUnavailableException;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.connection.ConfiguredConnections;
import io.deltasync.http.connection.HttpConnectionType;
import io.deltasync.http.connection.HttpConnections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What the target sends, and what it makes of the answers, against a server that fails on
 * demand.
 */
class HttpTargetTests {

	private static final LinkContext CONTEXT = LinkContext.builder()
		.linkName("orders")
		.linkTargetName("/orders/{id}")
		.runTimestamp(Instant.parse("2026-11-30T10:00:00Z"))
		.build();

	private static WireMockServer server;

	@BeforeAll
	static void start() {
		server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		server.start();
	}

	@AfterAll
	static void stop() {
		server.stop();
	}

	@BeforeEach
	void reset() {
		server.resetAll();
	}

	@Test
	void recordIsPutAtItsPathWithEachValueInItsForm() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(status(201)));
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put("id", "a/b ü?");
		properties.put("price", new BigDecimal("12345678901234567890.10"));
		properties.put("rate", 0.1f);
		properties.put("big", 9007199254740993L);
		properties.put("day", LocalDate.of(2026, 11, 30));
		properties.put("at", LocalDateTime.of(2026, 11, 30, 8, 0));
		properties.put("changed", Instant.parse("2026-11-30T08:00:00.120Z"));
		properties.put("raw", new byte[] { 1, 2, (byte) 0xff });
		properties.put("none", null);
		properties.put("tags", List.of("x", Map.of("n", 1)));
		RecordInFlight record = new RecordInFlight(properties);

		push("path: \"/orders/{id}\"", record);

		server.verify(putRequestedFor(urlEqualTo("/orders/a%2Fb%20%C3%BC%3F")).withRequestBody(
				equalTo("{\"id\":\"a/b ü?\",\"price\":12345678901234567890.10,\"rate\":0.1,\"big\":9007199254740993,"
						+ "\"day\":\"2026-11-30\",\"at\":\"2026-11-30T08:00:00\",\"changed\":\"2026-11-30T08:00:00.120Z\","
						+ "\"raw\":\"AQL/\",\"none\":null,\"tags\":[\"x\",{\"n\":1}]}"))
			.withHeader("Content-Type", equalTo("application/json")));
		assertThat(record.isCreated()).isTrue();
		assertThat(record.errors()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			null | the property 'id', which the path needs, has no value
			''   | the property 'id', which the path needs, has no value
			.    | the property 'id' is '.', which servers read as a step between directories rather than as a name
			..   | the property 'id' is '..', which servers read as a step between directories rather than as a name
			""")
	void recordWhosePathWouldLeadElsewhereIsRejected(@Nullable String id, String error) throws Exception {
		server.stubFor(any(anyUrl()).willReturn(ok()));
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put("id", id);
		RecordInFlight bad = new RecordInFlight(properties, Operation.DELETE);
		RecordInFlight good = record(1);

		push("path: \"/orders/{id}\"", bad, good);

		assertThat(bad.errors()).containsExactly(error);
		assertThat(good.errors()).isEmpty();
		assertThat(paths()).containsExactly("PUT /orders/1");
	}

	@Test
	void valuesThatJsonDoesNotHaveAreRejected() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(ok()));
		RecordInFlight notANumber = new RecordInFlight(Map.of("id", 1, "x", Double.NaN));
		RecordInFlight halfACharacter = new RecordInFlight(Map.of("id", 2, "x", "a\uD83D"));
		RecordInFlight object = new RecordInFlight(Map.of("id", 3, "x", new Object()));

		push("path: \"/orders/{id}\"", notANumber, halfACharacter, object);

		assertThat(notANumber.errors()).containsExactly("the property 'x' is NaN, which JSON does not have");
		assertThat(halfACharacter.errors())
			.containsExactly("the property 'x' contains half a character (\\uD83D), which cannot be sent");
		assertThat(object.errors()).singleElement().asString().contains("'x' has the type java.lang.Object");
		assertThat(paths()).isEmpty();
	}

	@Test
	void operationsHaveTheirOwnRequests() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(ok()));

		push("""
				path: "/orders/{id}", method: PATCH, headers: { X-Origin: deltasync },
				update: { path: "/orders/{id}/state", method: post, body: { state: "{state}", fixed: "a {{b}}", nested: { id: "{id}" } } },
				delete: { path: "/trash?order={id}", method: POST }""",
				record(1), new RecordInFlight(Map.of("id", 2, "state", "closed"), Operation.UPDATE),
				new RecordInFlight(Map.of("id", "3&4"), Operation.DELETE));

		assertThat(paths()).containsExactly("PATCH /orders/1", "POST /orders/2/state", "POST /trash?order=3%264");
		server.verify(postRequestedFor(urlEqualTo("/orders/2/state"))
			.withRequestBody(equalTo("{\"state\":\"closed\",\"fixed\":\"a {b}\",\"nested\":{\"id\":2}}"))
			.withHeader("X-Origin", equalTo("deltasync")));
	}

	@Test
	void recordWithSomeOfItsPropertiesIsPatchedSoThatTheOthersStay() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(ok()));

		push("path: \"/orders/{id}\"", new RecordInFlight(Map.of("id", 2), Operation.UPDATE));

		assertThat(paths()).containsExactly("PATCH /orders/2");
	}

	@Test
	void recordThatTheServerDoesNotHaveIsCreated() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(status(404)));
		server.stubFor(post("/orders").willReturn(status(201)));
		RecordInFlight record = record(1);

		push("path: \"/orders/{id}\", create: { path: /orders }", record);

		assertThat(paths()).containsExactly("PUT /orders/1", "POST /orders");
		assertThat(record.errors()).isEmpty();
		assertThat(record.isCreated()).isTrue();
	}

	@Test
	void missingRecordIsDeletedAlreadyAndNotUpdated() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(status(404)));
		RecordInFlight gone = new RecordInFlight(Map.of("id", 1), Operation.DELETE);
		RecordInFlight unknown = new RecordInFlight(Map.of("id", 2), Operation.UPDATE);
		RecordInFlight wanted = record(3);

		push("path: \"/orders/{id}\", create: { path: /orders }", gone, unknown, wanted);

		assertThat(gone.errors()).isEmpty();
		assertThat(unknown.errors()).isEmpty();
		assertThat(wanted.errors())
			.containsExactly("POST %s/orders answers with status 404".formatted(server.baseUrl()));
	}

	@Test
	void refusedRecordSaysWhyWithoutSecrets() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(status(422)
			.withBody("{ \"message\": \"price is\n negative\", \"token\": \"abc\" }" + "x".repeat(1000))));
		RecordInFlight record = record(1);

		push("path: \"/orders/{id}?token=geheim\"", record);

		assertThat(record.errors()).singleElement()
			.asString()
			.startsWith(
					"PUT %s/orders/1 answers with status 422: { \"message\": \"price is negative\", \"token\": \"***\""
						.formatted(server.baseUrl()))
			.doesNotContain("geheim", "abc")
			.hasSizeLessThan(450);
	}

	@Test
	void statusesCanCountAsSuccess() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(status(409)));
		RecordInFlight refused = record(1);
		RecordInFlight accepted = record(2);

		push("path: \"/orders/{id}\"", refused);
		push("path: \"/orders/{id}\", success-status: [409, 412]", accepted);

		assertThat(refused.isFailed()).isTrue();
		assertThat(accepted.isFailed()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503, 401, 302, 408 })
	void statusThatIsNoVerdictOnTheRecordIsAnOutage(int status) {
		server.stubFor(any(anyUrl()).willReturn(status(status).withBody("away")));

		assertThatExceptionOfType(TargetUnavailableException.class)
			.isThrownBy(() -> push("path: \"/orders/{id}\"", record(1)))
			.withMessage("The target takes no records: PUT %s/orders/1 answers with status %d: away", server.baseUrl(),
					status);
	}

	@Test
	void statusOf500CanBeTheFaultOfARecord() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(status(500)));
		RecordInFlight record = record(1);

		push("path: \"/orders/{id}\", record-status: 500", record);

		assertThat(record.isFailed()).isTrue();
	}

	@Test
	void lostAnswerIsAnOutageAndNothingCountsAsDelivered() {
		server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

		assertThatExceptionOfType(TargetUnavailableException.class).isThrownBy(() -> push("path: /orders", record(1)))
			.withMessageContaining("POST %s/orders (connection 'shop') has no answer", server.baseUrl());
		assertThat(paths()).hasSize(1);
	}

	@Test
	void longWaitIsAnOutage() {
		server.stubFor(any(anyUrl()).willReturn(status(429).withHeader("Retry-After", "900")));

		assertThatExceptionOfType(TargetUnavailableException.class)
			.isThrownBy(() -> push("path: \"/orders/{id}\"", record(1)))
			.withMessageContainingAll("asks for a wait of 900 s", "Restart the run after that time");
	}

	@Test
	void keyOfIdempotencyIsOfRequestAndRun() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(ok()));
		String options = "path: /orders, idempotency-header: Idempotency-Key";

		push(options, record(1));
		push(options, record(1));
		push(options, record(2));
		target(options).pushRecords(CONTEXT.toBuilder().runTimestamp(Instant.parse("2026-11-30T11:00:00Z")).build(),
				List.of(record(1)));

		List<String> keys = server.findAll(anyRequestedFor(anyUrl()))
			.stream()
			.map((request) -> request.getHeader("Idempotency-Key"))
			.toList();
		assertThat(keys.get(0)).hasSize(32).isEqualTo(keys.get(1));
		assertThat(keys.subList(1, 4)).doesNotHaveDuplicates();
	}

	@Test
	void requestWithAKeyOfIdempotencyIsRepeated() throws Exception {
		failOnce(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), status(201));

		push("path: /orders, idempotency-header: Idempotency-Key", record(1));

		assertThat(server.findAll(anyRequestedFor(anyUrl()))).hasSize(2)
			.extracting((request) -> request.getHeader("Idempotency-Key"))
			.doesNotContainNull();
	}

	@Test
	void lostLinkIsNoticedBeforeEachAttempt() {
		server.stubFor(any(anyUrl()).willReturn(ok()));
		RunContext lost = new RunContext(() -> {
			throw new AbortRunException("the run has lost its Link");
		}, Duration.ofMinutes(1));

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> lost.call(() -> {
			push("path: \"/orders/{id}\"", record(1));
			return true;
		})).withMessage("the run has lost its Link");
		assertThat(paths()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			batch: array                           | [{"id":1},{"id":2}]             | application/json
			batch: array, batch-path: data.orders  | {"data":{"orders":[{"id":1},{"id":2}]}} | application/json
			batch: json-lines                      | {"id":1}~{"id":2}~              | application/x-ndjson
			""")
	void batchIsOneRequest(String options, String body, String type) throws Exception {
		server.stubFor(any(anyUrl()).willReturn(ok()));

		push("path: /bulk, " + options, new RecordInFlight(Map.of("id", 1)), new RecordInFlight(Map.of("id", 2)));

		server.verify(1, postRequestedFor(urlEqualTo("/bulk")).withRequestBody(equalTo(body.replace('~', '\n')))
			.withHeader("Content-Type", equalTo(type)));
	}

	@Test
	void batchThatIsTooLargeIsHalved() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(status(413)));
		server.stubFor(any(anyUrl()).withRequestBody(WireMock.matching("\\[[^,]*,?[^,]*]")).willReturn(ok()));
		List<RecordInFlight> records = List.of(one(1), one(2), one(3), one(4), one(5));

		push("path: /bulk, batch: array", records.toArray(RecordInFlight[]::new));

		assertThat(records).allSatisfy((record) -> assertThat(record.isFailed()).isFalse());
		assertThat(server.findAll(anyRequestedFor(anyUrl()))).extracting(LoggedRequest::getBodyAsString)
			.containsExactly("[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4},{\"id\":5}]", "[{\"id\":1},{\"id\":2}]",
					"[{\"id\":3},{\"id\":4},{\"id\":5}]", "[{\"id\":3}]", "[{\"id\":4},{\"id\":5}]");
	}

	@Test
	void recordThatIsTooLargeAloneIsRejected() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(status(413)));
		RecordInFlight record = one(1);

		push("path: /bulk, batch: array", record);

		assertThat(record.errors()).singleElement().asString().contains("status 413");
	}

	@Test
	void refusedBatchIsLeftToBeSplit() {
		server.stubFor(any(anyUrl()).willReturn(status(400).withBody("one is wrong")));

		assertThatExceptionOfType(RejectedBatchException.class)
			.isThrownBy(() -> push("path: /bulk, batch: array", one(1), one(2)))
			.withMessageContaining("status 400: one is wrong");
	}

	@Test
	void resultsSayWhichRecordsFailed() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(status(207).withBody("""
				{ "results": [ { "id": 3, "outcome": { "code": 422, "why": "too\\nold" } },
				  { "id": "1", "outcome": { "code": "201" } }, { "id": 4, "outcome": {} } ] }""")));
		RecordInFlight created = one(1);
		RecordInFlight forgotten = one(2);
		RecordInFlight refused = one(3);
		RecordInFlight unclear = one(4);

		push("""
				path: /bulk, batch: array,
				results: { path: results, key: id, status: outcome.code, error: outcome.why }""", created, forgotten,
				refused, unclear);

		assertThat(created.errors()).isEmpty();
		assertThat(forgotten.errors()).containsExactly("the answer has no result for this record");
		assertThat(refused.errors()).containsExactly("the target answers with status 422: too\nold");
		assertThat(unclear.errors()).containsExactly("the target answers with status missing");
	}

	@Test
	void resultsCanBeWordsInTheOrderOfTheRecords() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(ok("[ { \"status\": \"ok\" }, { \"status\": \"failed\" } ]")));
		RecordInFlight first = one(1);
		RecordInFlight second = one(2);

		push("path: /bulk, batch: array, results: { success: [ ok, same ] }", first, second);

		assertThat(first.errors()).isEmpty();
		assertThat(second.errors()).containsExactly("the target answers with status failed");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[ { "status": 200 } ]     | the answer has 1 results for 2 records
			{ "error": "no" }         | without a list of results
			<html>Please log in</html> | but not in JSON
			""")
	void answerWithoutResultsDeliversNothing(String body, String message) {
		server.stubFor(any(anyUrl()).willReturn(ok(body)));

		assertThatExceptionOfType(RejectedBatchException.class)
			.isThrownBy(() -> push("path: /bulk, batch: array, results: { status: status }", one(1), one(2)))
			.withMessageContaining(message);
	}

	@Test
	void multiStatusWithoutConfiguredResultsAbortsTheRun() {
		server.stubFor(any(anyUrl()).willReturn(status(207).withBody("[]")));

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> push("path: /bulk, batch: array", one(1), one(2)))
			.withMessageContaining("configure the target's results");
	}

	@Test
	void deletionsAmongBatchesKeepTheirPlace() throws Exception {
		server.stubFor(any(anyUrl()).willReturn(ok()));

		push("path: /bulk, batch: array, delete: { path: \"/orders/{id}\" }", one(1), one(2),
				new RecordInFlight(Map.of("id", 1), Operation.DELETE), one(3));

		assertThat(paths()).containsExactly("POST /bulk", "DELETE /orders/1", "POST /bulk");
	}

	@Test
	void nothingIsSentInTestingMode() throws Exception {
		RecordInFlight bad = new RecordInFlight(Map.of("x", 1));
		LinkContext testing = CONTEXT.toBuilder().testingMode(true).build();

		target("path: \"/orders/{id}\"").pushRecords(testing, List.of(bad, record(1)));
		target("path: /bulk, batch: array").pushRecords(testing, List.of(record(1)));

		assertThat(paths()).isEmpty();
		assertThat(bad.isFailed()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					path: "/a/{id}", batch: array                 | path '/a/{id}' is different for each record, so batch cannot be array
					path: "/a/{id", batch: single                 | path '/a/{id' is malformed
					path: "/a/{}"                                 | path '/a/{}' is malformed
					path: "/a b"                                  | path '/a b' contains signs that must be encoded
					path: /a, method: FETCH                       | method is 'FETCH'; give POST, PUT, PATCH, DELETE or GET
					path: /a, batch-size: 0                       | batch-size is 0; give 1 or more
					path: /a, success-status: 200                 | success-status and record-status contain 200
					path: /a, results: { key: id }                | results and batch-path are for batches
					path: /a, batch: array, create: { path: /b }  | create needs an answer for each record
					path: /a, batch: json-lines, batch-path: b    | batch-path cannot be used with json-lines
					""")
	void wrongOptionsAreRefused(String options, String message) {
		assertThat(catchThrowable(() -> target(options))).hasStackTraceContaining(message);
	}

	@Test
	void validationFindsPropertiesThatRecordsDoNotHave() {
		HttpTarget target = target("path: \"/orders/{order.id}\"");
		target.validate(CONTEXT, List.of("order", "x"));

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> target.validate(CONTEXT, List.of("id", "x")))
			.withMessage("the path needs the property 'order.id', which records do not have; they have: id, x");
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> target("path: /orders").validateDeletes(CONTEXT))
			.withMessageContaining("records cannot be deleted");
		assertThat(target.identity(CONTEXT)).isEqualTo("http %s /orders/{order.id}".formatted(server.baseUrl()));
	}

	private static void failOnce(ResponseDefinitionBuilder first, ResponseDefinitionBuilder second) {
		server.stubFor(
				any(anyUrl()).inScenario("s").whenScenarioStateIs("Started").willReturn(first).willSetStateTo("1"));
		server.stubFor(any(anyUrl()).inScenario("s").whenScenarioStateIs("1").willReturn(second));
	}

	private static List<String> paths() {
		return server.findAll(anyRequestedFor(anyUrl()))
			.stream()
			.map((request) -> (RequestMethod.HEAD.equals(request.getMethod()) ? "" : request.getMethod() + " ")
					+ request.getUrl())
			.toList();
	}

	private static RecordInFlight record(int id) {
		return new RecordInFlight(Map.of("id", id, "state", "open"));
	}

	private static RecordInFlight one(int id) {
		return new RecordInFlight(Map.of("id", id));
	}

	private static void push(String options, RecordInFlight... records) throws Exception {
		target(options).pushRecords(CONTEXT, List.of(records));
	}

	private static HttpTarget target(String options) {
		YamlEnvironment environment = new YamlEnvironment("""
				deltasync.connections.shop: { type: http, url: "%s", allow-private: true, retries: 1 }
				target: { connection: shop, %s }
				""".formatted(server.baseUrl(), options.replace("\n", " ")));
		HttpTarget target = new HttpTarget(
				new HttpConnections(new ConfiguredConnections(environment, List.of(new HttpConnectionType()))));
		target.configure(Binder.get(environment).bind("target", HttpTargetOptions.class).get());
		return target;
	}

}
