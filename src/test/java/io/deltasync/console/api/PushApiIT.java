package io.deltasync.console.api;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.deltasync.api.AbortRunException;
import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records are pushed to Links: what is acknowledged is stored, and everything else is
 * refused with the reason.
 */
class PushApiIT {

	private static final String LINK = "eu/orders";

	private static final String PATH = "/api/v1/links/eu%2Forders/records";

	private static ConsoleFixture console;

	private static String token;

	@BeforeAll
	static void start() {
		console = ConsoleFixture.scripted(List.of("customers"),
				ConsoleFixture.property(LINK, "source.adapter") + "=push",
				ConsoleFixture.property(LINK, "source.table") + "=orders",
				ConsoleFixture.property(LINK, "target.adapter") + "=scripted",
				ConsoleFixture.property(LINK, "target.table") + "=orders",
				ConsoleFixture.property(LINK, "source.key") + "=id", "deltasync.push.max-body=1000B",
				"deltasync.push.max-waiting-requests=3");
		token = console.token(Role.PUSH, LINK);
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@BeforeEach
	void forget() {
		JdbcTemplate jdbc = console.bean(JdbcTemplate.class);
		List.of("SYNC_INBOX", "SYNC_PUSH", "SYNC_PUSH_BODY", "SYNC_PAUSE")
			.forEach((table) -> jdbc.update("DELETE FROM " + table));
		console.script().reset();
	}

	private static HttpResponse<String> push(String key, String json, String... headers) {
		String[] all = new String[headers.length + 2];
		all[0] = "Idempotency-Key";
		all[1] = key;
		System.arraycopy(headers, 0, all, 2, headers.length);
		return console.api("POST", PATH, token, json, all);
	}

	private static HttpResponse<String> push(String json) {
		return push(UUID.randomUUID().toString(), json);
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	private static void assertProblem(HttpResponse<String> response, int status, String type, String detail) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(json(response).get("type").asString()).endsWith("#" + type);
		assertThat(json(response).get("detail").asString()).contains(detail);
	}

	@Test
	void anAcknowledgedRequestIsStoredAndDeliveredByTheNextRun() {
		HttpResponse<String> accepted = push("[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]");

		assertThat(accepted.statusCode()).isEqualTo(202);
		String location = accepted.headers().firstValue("Location").orElseThrow();
		assertThat(location).isEqualTo(PATH + "/1");
		assertThat(json(console.api("GET", location, token, null))).isEqualTo(json(accepted));
		assertThat(json(accepted).get("state").asString()).isEqualTo("WAITING");
		assertThat(json(accepted).get("records").asLong()).isEqualTo(2);

		HttpResponse<String> run = console.api("POST", PATH.replace("records", "runs"), console.token(Role.OPERATOR),
				"{\"mode\":\"delta\"}");
		long event = json(run).get("event").asLong();
		console.await(event);

		JsonNode delivered = json(console.api("GET", location, token, null));
		assertThat(delivered.get("state").asString()).isEqualTo("DELIVERED");
		assertThat(delivered.get("event").asLong()).isEqualTo(event);
		assertThat(console.script().target).containsOnlyKeys(1L, 2L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"id\":1}\n{\"id\":2}\n", "{\"id\":1} {\"id\":2}", "\n[{\"id\":1},{\"id\":2}]\n" })
	void objectsComeInAnArrayOrOneAfterTheOther(String body) {
		HttpResponse<String> accepted = push("k", body, "Content-Type", "application/x-ndjson");

		assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
		assertThat(json(accepted).get("records").asLong()).isEqualTo(2);
	}

	@Test
	void theSameRequestHasTheSameAnswer() {
		HttpResponse<String> first = push("\"key\"", "{\"id\":1}");
		HttpResponse<String> second = push("key", "{\"id\":1}");

		assertThat(second.statusCode()).isEqualTo(202);
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(second.headers().firstValue("Location")).isEqualTo(first.headers().firstValue("Location"));
		assertThat(console.bean(JdbcTemplate.class).queryForObject("SELECT COUNT(*) FROM SYNC_PUSH", Integer.class))
			.isOne();
	}

	@Test
	void aKeyIsForOneRequest() {
		push("key", "{\"id\":1}");

		assertProblem(push("key", "{\"id\":2}"), 422, "key-reused", "Use a new key");
	}

	@Test
	void aKeyIsRequired() {
		assertProblem(console.api("POST", PATH, token, "{\"id\":1}"), 400, "invalid-request",
				"Idempotency-Key is missing");
		assertProblem(push("a b", "{\"id\":1}"), 400, "invalid-request", "Idempotency-Key has a wrong value");
		assertProblem(push("k".repeat(256), "{\"id\":1}"), 400, "invalid-request", "wrong value");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			value = { "{\"id\":1|line 1", "|empty", "[{\"id\":1},2]|Row 2", "\"text\"|Row 1", "[{\"id\":1}] x|line 1",
					"[{\"id\":1}] []|after the end", "{\"id\":1,\"id\":2}|Duplicate", "[{\"id\":1e9999}]|exponent" })
	void malformedJsonIsRefused(String body, String detail) {
		assertProblem(push((body != null) ? body : ""), 400, "invalid-request", detail);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"name\":1}", "[{\"id\":1},{\"id\":null}]", "{\"id\":{\"a\":1}}" })
	void recordsThatTheSourceDoesNotTakeAreRefused(String body) {
		assertProblem(push(body), 422, "records-refused", "has no value of 'id'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/csv", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x" })
	void otherTypesAreRefused(String type) {
		assertProblem(push("k", "{\"id\":1}", "Content-Type", type), 415, "unsupported-media-type", "");
	}

	@Test
	void compressedBodiesAreRefused() {
		assertProblem(push("k", "{\"id\":1}", "Content-Encoding", "gzip"), 415, "unsupported-media-type",
				"uncompressed");
	}

	@Test
	void aBodyThatIsTooLargeIsRefused() {
		assertProblem(push("{\"id\":1,\"name\":\"%s\"}".formatted("x".repeat(1000))), 413, "too-large",
				"1000 bytes (deltasync.push.max-body)");
	}

	@Test
	void moreThanMayWaitIsRefused() {
		for (int i = 1; i <= 3; i++) {
			assertThat(push("{\"id\":%d}".formatted(i)).statusCode()).isEqualTo(202);
		}

		HttpResponse<String> refused = push("{\"id\":4}");

		assertProblem(refused, 429, "inbox-full", "max-waiting-requests");
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
	}

	@Test
	void aLinkThatFetchesTakesNoPushes() {
		HttpResponse<String> refused = console.api("POST", "/api/v1/links/customers/records", console.token(Role.PUSH),
				"{\"id\":1}", "Idempotency-Key", "k");

		assertProblem(refused, 409, "conflict", "Link 'customers' fetches");
	}

	@Test
	void otherLinksDoNotExistForAToken() {
		assertProblem(
				console.api("POST", "/api/v1/links/customers/records", token, "{\"id\":1}", "Idempotency-Key", "k"),
				404, "not-found", "limited to other Links");
		assertProblem(console.api("POST", "/api/v1/links/none/records", console.token(Role.PUSH), "{}",
				"Idempotency-Key", "k"), 404, "not-found", "No Link 'none'");
		assertProblem(console.api("GET", PATH + "/99", token, null), 404, "not-found", "no request 99");
	}

	@Test
	void aTokenThatPushesMayDoNothingElse() {
		assertProblem(console.api("GET", "/api/v1/links/eu%2Forders", token, null), 403, "forbidden", "");
		assertProblem(console.api("POST", PATH, console.token(Role.VIEWER), "{\"id\":1}", "Idempotency-Key", "k"), 403,
				"forbidden", "");
	}

	@Test
	void aPausedLinkAcceptsRequestsAndSaysSo() {
		String operator = console.token(Role.OPERATOR);
		console.api("POST", PATH.replace("records", "pause"), operator, null);

		HttpResponse<String> accepted = push("{\"id\":1}");

		assertThat(accepted.statusCode()).isEqualTo(202);
		assertThat(json(accepted).get("note").asString()).contains("paused");
	}

	@Test
	void aRequestThatWaitsCanBeDiscarded() {
		push("{\"id\":1}");
		String operator = console.token(Role.OPERATOR);

		assertThat(json(console.api("DELETE", PATH + "/1", operator, null)).get("state").asString())
			.isEqualTo("DISCARDED");
		assertProblem(console.api("DELETE", PATH + "/1", operator, null), 409, "conflict", "it is discarded");
		assertThat(console.api("GET", "/api/v1/audit?link=eu%2Forders", operator, null).body())
			.contains("discard-request");
	}

	@Test
	void waitingRequestsAreListedWithTheErrorOfTheLastRun() {
		String operator = console.token(Role.OPERATOR);
		push("first", "[{\"id\":1,\"name\":\"Ada\"},{\"id\":2}]");
		push("{\"id\":3}");
		push("{\"id\":4}");
		JsonNode page = json(console.api("GET", PATH + "?limit=2", operator, null));
		assertThat(page.at("/items/0/idempotencyKey").asString()).isEqualTo("first");
		assertThat(page.at("/items/0/records").asLong()).isEqualTo(2);
		assertThat(page.at("/items/0/error").isNull()).isTrue();
		assertThat(page.at("/items")).hasSize(2);
		JsonNode next = json(console.api("GET", page.get("next").asString(), operator, null));
		assertThat(next.at("/items")).singleElement()
			.satisfies((third) -> assertThat(third.get("id").asLong()).isEqualTo(3));

		console.script().targetDown = new AbortRunException("no space left");
		run();

		HttpResponse<String> failed = console.api("GET", PATH, operator, null);
		assertThat(json(failed).at("/items/0/error").asString()).contains("no space left");
		assertThat(failed.body()).doesNotContain("Ada");
		assertThat(console.api("GET", PATH, token, null).statusCode()).as("for tokens that push").isEqualTo(403);
	}

	private static long run() {
		return console
			.await(json(console.api("POST", PATH.replace("records", "runs"), console.token(Role.OPERATOR),
					"{\"mode\":\"delta\"}"))
				.get("event")
				.asLong())
			.id();
	}

	@Test
	void nothingIsDiscardedWhileARunDeliversIt() throws Exception {
		String operator = console.token(Role.OPERATOR);
		CountDownLatch delivering = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		console.script().beforePush = () -> {
			delivering.countDown();
			await(released);
		};
		push("[{\"id\":1},{\"id\":2}]");
		CompletableFuture<Long> run = CompletableFuture.supplyAsync(PushApiIT::run);
		await(delivering);

		HttpResponse<String> refused = console.api("DELETE", PATH + "/1", operator, null);
		released.countDown();
		run.get();

		assertProblem(refused, 409, "link-busy", "Link 'eu/orders' is busy");
		assertThat(json(console.api("GET", PATH + "/1", operator, null)).get("state").asString())
			.isEqualTo("DELIVERED");
		assertThat(console.script().target).containsOnlyKeys(1L, 2L);
		assertThat(console.bean(AuditLog.class).newest(LINK, Long.MAX_VALUE, 9)).extracting(AuditEntry::action)
			.doesNotContain("discard-request");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aRequestIsDeliveredOrDiscardedAsAWhole() throws Exception {
		String operator = console.token(Role.OPERATOR);
		for (int i = 1; i <= 20; i++) {
			push("[{\"id\":%d},{\"id\":%d}]".formatted(2 * i, 2 * i + 1));
			String path = PATH + "/" + i;
			CompletableFuture<?> discarding = CompletableFuture
				.runAsync(() -> console.api("DELETE", path, operator, null));
			run();
			discarding.get();
			boolean discarded = json(console.api("GET", path, operator, null)).get("state")
				.asString()
				.equals("DISCARDED");
			Map<Object, ?> target = Map.copyOf(console.script().target);
			assertThat(List.of(target.containsKey(2L * i), target.containsKey(2L * i + 1))).containsOnly(!discarded);
		}
	}

	@Test
	void thePageOfTheLinkSaysWhatWaits() {
		assertThat(console.signIn(Role.VIEWER).get("/links/eu%2Forders").html()).contains("nothing waits")
			.doesNotContain("Full run");
		push("{\"id\":1}");

		assertThat(console.signIn(Role.VIEWER).get("/links/eu%2Forders").html()).contains("waiting: 1 request, oldest");
	}

}
