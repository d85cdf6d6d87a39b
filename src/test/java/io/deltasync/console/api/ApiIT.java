package io.deltasync.console.api;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.AccessTokens;
import io.deltasync.console.security.Role;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.testing.Script;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The REST API of a running application.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ApiIT {

	private static final String ODD = "a/b c%?#ü;x";

	private static final String ODD_PATH = "/api/v1/links/"
			+ URLEncoder.encode(ODD, StandardCharsets.UTF_8).replace("+", "%20");

	private static ConsoleFixture console;

	private static String viewer;

	private static String operator;

	private static String admin;

	@BeforeAll
	static void start() {
		console = ConsoleFixture.scripted(List.of("customers", "orders", ODD),
				"deltasync.links[customers].logging=all");
		viewer = console.token(Role.VIEWER);
		operator = console.bean(AccessTokens.class).create("ci", Role.OPERATOR, null, null);
		admin = console.token(Role.ADMIN);
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@BeforeEach
	void reset() {
		console.script().reset();
	}

	private static HttpResponse<String> get(String path) {
		return console.api("GET", path, viewer, null);
	}

	private static HttpResponse<String> post(String path, @Nullable String json) {
		return console.api("POST", path, operator, json);
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	private static JsonNode ok(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		return json(response);
	}

	private static JsonNode problem(HttpResponse<String> response, int status, String type) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
		JsonNode problem = json(response);
		assertThat(problem.get("type").asString()).endsWith("/docs/api.md#" + type);
		assertThat(problem.get("status").asInt()).isEqualTo(status);
		assertThat(problem.get("detail").asString()).isNotEmpty().doesNotContain("io.deltasync", "Exception");
		return problem;
	}

	private static void await(Supplier<Boolean> condition) {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (!condition.get()) {
			assertThat(System.nanoTime()).as("waited a minute").isLessThan(deadline);
			LockSupport.parkNanos(20_000_000);
		}
	}

	private static JsonNode run(String path, String body) {
		HttpResponse<String> started = post(path + "/runs", body);
		assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
		return ended(started.headers().firstValue("location").orElseThrow());
	}

	private static JsonNode ended(String event) {
		await(() -> !ok(get(event)).get("endedAt").isNull());
		return ok(get(event));
	}

	private static void records(int count) {
		console.script().plan = (source, context) -> FetchStrategy.scopes(List.of("one"));
		console.script().fetch = (source, context, scope) -> Script.records(0, count);
	}

	@Test
	void linksAreListedInAPageAndTheirNamesMayHaveAnyCharacter() {
		JsonNode links = ok(get("/api/v1/links"));

		assertThat(links.get("items")).extracting((link) -> link.get("name").asString())
			.containsExactlyInAnyOrder("customers", "orders", ODD);
		assertThat(links.get("next").isNull()).isTrue();
		assertThat(ok(get(ODD_PATH)).get("name").asString()).isEqualTo(ODD);
		assertThat(get(ODD_PATH).body()).matches("[ -~]+").startsWith("{\"name\":\"a/b c%?#\\u00FC;x\",\"source\":");
	}

	@Test
	void aRunIsStartedAndItsEventIsFoundAtTheLocation() {
		records(3);

		JsonNode event = run(ODD_PATH, "{\"mode\":\"full\",\"testing\":true}");

		assertThat(event.get("mode").asString()).isEqualTo("FULL");
		assertThat(event.get("testing").asBoolean()).isTrue();
		assertThat(event.at("/records/fetched").asInt()).isEqualTo(3);
		assertThat(event.get("trigger").asString()).contains("token:ci");
		assertThat(console.script().target).isEmpty();
	}

	@Test
	void eventsAreListedPageByPage() {
		List<Integer> ids = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			ids.add(0, run("/api/v1/links/orders", "{\"mode\":\"delta\"}").get("id").asInt());
		}

		List<Integer> listed = new ArrayList<>();
		String next = "/api/v1/links/orders/events?limit=2";
		while (next != null) {
			JsonNode page = ok(get(next));
			page.get("items").forEach((event) -> listed.add(event.get("id").asInt()));
			assertThat(page.get("items").size()).isBetween(1, 2);
			next = page.get("next").isNull() ? null : page.get("next").asString();
		}

		assertThat(listed).startsWith(ids.toArray(Integer[]::new)).doesNotHaveDuplicates();
	}

	@Test
	void recordsOfAnEventAreListedPageByPage() {
		records(5);
		int event = run("/api/v1/links/customers", "{\"mode\":\"full\"}").get("id").asInt();

		List<String> keys = new ArrayList<>();
		String next = "/api/v1/events/%d/records?limit=2".formatted(event);
		while (next != null) {
			JsonNode page = ok(get(next));
			page.get("items").forEach((record) -> keys.add(record.get("key").asString()));
			next = page.get("next").isNull() ? null : page.get("next").asString();
		}

		assertThat(keys).containsExactly("0", "1", "2", "3", "4");
	}

	@Test
	void aBusyLinkNamesItsHolderAndItsRunCanBeStoppedAndRestarted() throws InterruptedException {
		CountDownLatch fetching = new CountDownLatch(1);
		console.script().plan = (source, context) -> FetchStrategy.scopes(List.of("one", "two"));
		console.script().fetch = (source, context, scope) -> {
			fetching.countDown();
			return Stream.generate(() -> Script.record(0))::iterator;
		};
		String event = post("/api/v1/links/customers/runs", "{\"mode\":\"delta\"}").headers()
			.firstValue("location")
			.orElseThrow();
		fetching.await();

		JsonNode busy = problem(post("/api/v1/links/customers/runs", "{\"mode\":\"delta\"}"), 409, "link-busy");
		assertThat(busy.get("holder").asString()).isNotEmpty();
		assertThat(event).endsWith("/" + busy.get("event").asInt());
		problem(post(event + "/restart", null), 409, "link-busy");

		HttpResponse<String> stop = post(event + "/stop", null);
		assertThat(stop.statusCode()).as(stop.body()).isEqualTo(202);
		assertThat(ended(event).get("status").asString()).isEqualTo("STOPPED");
		problem(post(event + "/stop", null), 409, "conflict");

		records(1);
		HttpResponse<String> restart = post(event + "/restart", null);
		assertThat(restart.statusCode()).as(restart.body()).isEqualTo(202);
		assertThat(restart.headers().firstValue("location")).contains(event);
		await(() -> ok(get(event)).get("status").asString().equals("COMPLETED"));
		problem(post(event + "/replay", null), 409, "run-refused");
	}

	@Test
	void rejectsAreListedDecidedAndReplayed() {
		records(4);
		console.script().marked.addAll(List.of(1, 2, 3));
		int event = run("/api/v1/links/orders", "{\"mode\":\"full\"}").get("id").asInt();

		JsonNode page = ok(get("/api/v1/links/orders/rejects?limit=2"));
		assertThat(page.get("items").size()).isEqualTo(2);
		assertThat(page.at("/items/0/id").asInt()).isGreaterThan(page.at("/items/1/id").asInt());
		JsonNode rest = ok(get(page.get("next").asString()));
		assertThat(Stream.of(page, rest).flatMap((one) -> one.get("items").valueStream()))
			.extracting((reject) -> reject.get("key").asString())
			.containsExactlyInAnyOrder("1", "2", "3");
		assertThat(rest.get("next").isNull()).isTrue();
		int acknowledged = page.at("/items/0/id").asInt();
		int discarded = page.at("/items/1/id").asInt();

		assertThat(ok(post("/api/v1/rejects/%d/acknowledge".formatted(acknowledged), null)).get("state").asString())
			.isEqualTo("ACKNOWLEDGED");
		assertThat(ok(post("/api/v1/rejects/%d/discard".formatted(discarded), null)).get("state").asString())
			.isEqualTo("DISCARDED");
		problem(post("/api/v1/rejects/%d/acknowledge".formatted(discarded), null), 409, "conflict");
		assertThat(ok(get("/api/v1/links/orders/rejects?state=DISCARDED")).at("/items/0/id").asInt())
			.isEqualTo(discarded);

		console.script().marked.clear();
		HttpResponse<String> replay = post("/api/v1/events/%d/replay".formatted(event), null);
		assertThat(replay.statusCode()).as(replay.body()).isEqualTo(202);
		assertThat(ended(replay.headers().firstValue("location").orElseThrow()).get("replayOf").asInt())
			.isEqualTo(event);
	}

	@Test
	void theWindowIsSetOnlyByThoseWhoHaveSeenIt() {
		String path = "/api/v1/links/orders/window";
		run("/api/v1/links/orders", "{\"mode\":\"delta\"}");
		HttpResponse<String> read = get(path);
		String version = read.headers().firstValue("etag").orElseThrow();
		String body = "{\"start\":\"2026-01-01T00:00:00Z\"}";

		assertThat(console.api("GET", path, admin, null, "If-None-Match", version).statusCode()).isEqualTo(304);
		problem(console.api("PUT", path, admin, body), 428, "if-match-required");
		problem(console.api("PUT", path, admin, body, "If-Match", "\"other\""), 412, "window-changed");
		problem(console.api("PUT", path, admin, "{}", "If-Match", version), 400, "invalid-request");
		problem(console.api("PUT", path, operator, body, "If-Match", version), 403, "forbidden");

		HttpResponse<String> set = console.api("PUT", path, admin, body, "If-Match", version);

		assertThat(ok(set).get("lastSuccessfulSync").asString()).isEqualTo("2026-01-01T00:00:00Z");
		assertThat(set.headers().firstValue("etag")).isPresent().isNotEqualTo(read.headers().firstValue("etag"));
		problem(console.api("PUT", path, admin, body, "If-Match", version), 412, "window-changed");
		problem(console.api("PUT", path, admin, "{\"start\":\"2999-01-01T00:00:00Z\"}", "If-Match",
				set.headers().firstValue("etag").orElseThrow()), 400, "invalid-request");
	}

	@Test
	void aPausedLinkSaysWhoPausedItAndTheAuditLogToo() {
		JsonNode paused = ok(post(ODD_PATH + "/pause", null));
		assertThat(paused.at("/pause/who").asString()).isEqualTo("token:ci");
		assertThat(ok(post(ODD_PATH + "/resume", null)).get("pause").isNull()).isTrue();

		JsonNode audit = ok(console.api("GET",
				"/api/v1/audit?limit=2&link=" + URLEncoder.encode(ODD, StandardCharsets.UTF_8), admin, null));
		assertThat(audit.get("items")).extracting((entry) -> entry.get("action").asString())
			.containsExactly("resume", "pause");
	}

	@Test
	void executionsAreThoseOfTheRepository() {
		JsonNode event = run("/api/v1/links/customers", "{\"mode\":\"delta\"}");
		int execution = event.at("/attempts/0/jobExecutionId").asInt();

		JsonNode listed = ok(get("/api/v1/executions?limit=1"));
		assertThat(listed.at("/items/0/job").asString()).isNotEmpty();
		JsonNode ofJob = ok(get("/api/v1/executions?job=customers"));
		assertThat(ofJob.get("items")).allSatisfy((one) -> assertThat(one.get("job").asString()).isEqualTo("customers"))
			.anySatisfy((one) -> assertThat(one.get("id").asInt()).isEqualTo(execution));
		JsonNode details = ok(get("/api/v1/executions/" + execution));
		assertThat(details.get("steps").size()).isPositive();
		assertThat(details.get("instance").asInt()).isEqualTo(event.get("id").asInt());
		problem(get("/api/v1/executions/999999"), 404, "not-found");
	}

	@Test
	void aTokenThatIsLimitedToLinksSeesAndTouchesNothingElse() {
		int other = run("/api/v1/links/orders", "{\"mode\":\"delta\"}").get("id").asInt();
		int own = run("/api/v1/links/customers", "{\"mode\":\"delta\"}").get("id").asInt();
		String token = console.token(Role.ADMIN, "customers");

		assertThat(ok(console.api("GET", "/api/v1/links", token, null)).get("items"))
			.extracting((link) -> link.get("name").asString())
			.containsExactly("customers");
		ok(console.api("GET", "/api/v1/events/" + own, token, null));
		ok(console.api("GET", "/api/v1/executions?job=customers", token, null));
		ok(console.api("GET", "/api/v1/audit?link=customers", token, null));
		for (String hidden : List.of("/api/v1/links/orders", "/api/v1/links/orders/events",
				"/api/v1/links/orders/rejects", "/api/v1/links/orders/window", "/api/v1/events/" + other,
				"/api/v1/events/" + other + "/records")) {
			problem(console.api("GET", hidden, token, null), 404, "not-found");
		}
		for (String hidden : List.of("/api/v1/links/orders/pause", "/api/v1/links/orders/resume",
				"/api/v1/events/" + other + "/stop", "/api/v1/events/" + other + "/restart",
				"/api/v1/events/" + other + "/replay")) {
			problem(console.api("POST", hidden, token, null), 404, "not-found");
		}
		problem(console.api("POST", "/api/v1/links/orders/runs", token, "{\"mode\":\"delta\"}"), 404, "not-found");
		problem(console.api("PUT", "/api/v1/links/orders/window", token, "{\"keep\":true}", "If-Match", "\"x\""), 404,
				"not-found");
		for (String list : List.of("/api/v1/executions", "/api/v1/executions?job=orders", "/api/v1/audit",
				"/api/v1/audit?link=orders")) {
			problem(console.api("GET", list, token, null), 403, "forbidden");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			GET    | /api/v1/links/none                    |                           | 404 | not-found
			GET    | /api/v1/events/999999                 |                           | 404 | not-found
			GET    | /api/v1/events/abc                    |                           | 400 | invalid-request
			GET    | /api/v1/rejects/999999                |                           | 404 | not-found
			GET    | /api/v1/nothing                       |                           | 404 | not-found
			GET    | /api/v1/links/orders/events?limit=0   |                           | 400 | invalid-request
			GET    | /api/v1/links/orders/events?limit=201 |                           | 400 | invalid-request
			GET    | /api/v1/links/orders/events?limit=x   |                           | 400 | invalid-request
			GET    | /api/v1/links/orders/events?before=x  |                           | 400 | invalid-request
			GET    | /api/v1/links/orders/events?limt=2    |                           | 400 | invalid-request
			GET    | /api/v1/links/orders/rejects?state=x  |                           | 400 | invalid-request
			GET    | /api/v1/events/999999/records?after=7 |                           | 404 | not-found
			POST   | /api/v1/links/orders/runs             | {"mode":"delta"           | 400 | invalid-request
			POST   | /api/v1/links/orders/runs             | {"mode":"sideways"}       | 400 | invalid-request
			POST   | /api/v1/links/orders/runs             | {"mode":"delta","tst":1}  | 400 | invalid-request
			POST   | /api/v1/links/orders/runs             | {"mode":"delta","testing":"yes"} | 400 | invalid-request
			POST   | /api/v1/links/orders/runs             | {}                        | 400 | invalid-request
			POST   | /api/v1/links/orders/runs             | []                        | 400 | invalid-request
			POST   | /api/v1/links/none/runs               | {"mode":"delta"}          | 404 | not-found
			DELETE | /api/v1/links/orders                  |                           | 405 | method-not-allowed
			PATCH  | /api/v1/links/orders                  |                           | 405 | method-not-allowed
			""")
	void badRequestsAreAnsweredWithProblems(String method, String path, @Nullable String body, int status,
			String type) {
		problem(console.api(method, path, admin, body), status, type);
	}

	@Test
	void problemsBeforeAHandlerIsFoundAreProblemsToo() {
		HttpResponse<String> anonymous = console.api("GET", "/api/v1/links", null, null);
		problem(anonymous, 401, "unauthenticated");
		assertThat(anonymous.headers().firstValue("www-authenticate")).isPresent()
			.get()
			.asString()
			.startsWith("Bearer");
		problem(console.api("GET", "/api/v1/links", "deltasync_wrong", null), 401, "unauthenticated");
		problem(console.api("POST", "/api/v1/links/orders/pause", viewer, null), 403, "forbidden");
		problem(console.api("GET", "/api/v1/links", admin, null, "Accept", "text/html"), 406, "not-acceptable");
		problem(console.api("POST", "/api/v1/links/orders/runs", admin, "mode=delta", "Content-Type", "text/plain"),
				415, "unsupported-media-type");
		problem(console.api("POST", "/api/v1/links/orders/runs", admin, null, "Content-Type", "application/json"), 400,
				"invalid-request");
		assertThat(console.api("DELETE", "/api/v1/links/orders", admin, null).headers().firstValue("allow"))
			.contains("GET");
	}

	@Test
	void bodiesAreLimitedEvenIfTheirLengthIsNotSent() throws IOException, InterruptedException {
		String large = "{\"mode\":\"" + "x".repeat(ApiFilter.MAX_BODY) + "\"}";

		problem(console.api("POST", "/api/v1/links/orders/runs", operator, large), 413, "too-large");
		problem(HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(console.address().resolve("/api/v1/links/orders/runs"))
				.header("Authorization", "Bearer " + operator)
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large)))
				.build(), BodyHandlers.ofString()), 413, "too-large");
	}

	@Test
	void tokensExpire() {
		Instant past = Instant.now().minusSeconds(1);
		String token = console.bean(AccessTokens.class).create("expired", Role.ADMIN, null, past);

		problem(console.api("GET", "/api/v1/links", token, null), 401, "unauthenticated");
	}

	@Test
	void anUnavailableRepositoryIsAnsweredWithAProblem() {
		try (ConsoleFixture broken = ConsoleFixture.scripted(List.of("orders"))) {
			String token = broken.token(Role.VIEWER);
			broken.bean(RepositoryDatabase.class).jdbc().execute("SHUTDOWN");

			HttpResponse<String> response = broken.api("GET", "/api/v1/links", token, null);

			problem(response, 503, "unavailable");
			assertThat(response.headers().firstValue("retry-after")).isPresent();
		}
	}

}
