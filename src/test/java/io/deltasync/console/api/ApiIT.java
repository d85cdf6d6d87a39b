package io.deltasync.console.api;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.audit.AuditLog;
import io.deltasync.console.Browser;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.LinkStarter;
import io.deltasync.console.Operations;
import io.deltasync.console.Person;
import io.deltasync.console.UnknownException;
import io.deltasync.console.api.problem.ApiFilter;
import io.deltasync.console.security.AccessTokens;
import io.deltasync.console.security.Role;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.decision.PauseDecisions;
import io.deltasync.event.decision.RejectDecisions;
import io.deltasync.event.retention.EventRemovals;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.link.Links;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.start.FullRuns;
import io.deltasync.testing.Script;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
		console = ConsoleFixture.scripted(List.of("customers", "orders", ODD), "deltasync.links[customers].logging=all",
				"deltasync.links[customers].labels=shop,sales");
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

	private static JsonNode run(String path, String body) {
		HttpResponse<String> started = post(path + "/runs", body);
		assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
		return ended(started.headers().firstValue("location").orElseThrow());
	}

	/** Waits until the Link is free as well, which it is a moment later. */
	private static JsonNode ended(String event) {
		console.await(Long.parseLong(event.substring(event.lastIndexOf('/') + 1)));
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
	void linksAreFoundByALabel() {
		JsonNode found = ok(get("/api/v1/links?label=sales")).get("items");

		assertThat(found).extracting((link) -> link.get("name").asString()).containsExactly("customers");
		assertThat(found.get(0).get("labels")).extracting(JsonNode::asString).containsExactly("sales", "shop");
		assertThat(ok(get("/api/v1/links?label=none")).get("items")).isEmpty();
		Browser browser = console.signIn(Role.VIEWER);
		assertThat(browser.get("/links?label=shop").text()).contains("customers").doesNotContain("orders");
		assertThat(browser.get("/links").text()).contains("customers", "orders", "sales shop");
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
		assertThat(ended(event).get("status").asString()).isEqualTo("COMPLETED");
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
	void waitingRejectsAreListedInTheOrderOfTheCommandLineAndDecidedByReason() {
		records(5);
		console.script().marked.addAll(List.of(0, 1, 2, 3, 4));
		run(ODD_PATH, "{\"mode\":\"full\",\"rewrite\":true}");
		String waiting = ODD_PATH + "/rejects/waiting";
		List<Integer> ids = ids(ok(get(waiting)));
		assertThat(ids).hasSize(5).isSorted();
		ok(post("/api/v1/rejects/%d/acknowledge".formatted(ids.get(0)), null));
		ok(post("/api/v1/rejects/%d/acknowledge".formatted(ids.get(3)), null));

		JsonNode first = ok(get(waiting + "?limit=2"));
		JsonNode second = ok(get(first.get("next").asString()));
		JsonNode third = ok(get(second.get("next").asString()));
		assertThat(Stream.of(first, second, third).flatMap((page) -> ids(page).stream())).containsExactly(ids.get(1),
				ids.get(2), ids.get(4), ids.get(0), ids.get(3));
		assertThat(third.get("next").isNull()).isTrue();
		problem(get(waiting + "?after=5"), 400, "invalid-request");

		String reason = first.at("/items/0/message").asString().substring(0, 3);
		JsonNode decided = ok(post(ODD_PATH + "/rejects/discard", "{\"reason\":\"%s\"}".formatted(reason)));
		assertThat(decided.get("rejects").asInt()).isEqualTo(5);
		assertThat(ok(get(waiting)).get("items").size()).isZero();
		problem(post(ODD_PATH + "/rejects/acknowledge", "{\"reason\":\" \"}"), 400, "invalid-request");
	}

	private static List<Integer> ids(JsonNode page) {
		return page.get("items").valueStream().map((reject) -> reject.get("id").asInt()).toList();
	}

	@Test
	void eventsOfAllLinksAreListedPageByPage() {
		run("/api/v1/links/orders", "{\"mode\":\"delta\"}");
		run("/api/v1/links/customers", "{\"mode\":\"delta\"}");
		run("/api/v1/links/orders", "{\"mode\":\"delta\"}");
		List<Integer> all = ids(ok(get("/api/v1/events")));
		assertThat(all).hasSizeGreaterThanOrEqualTo(3).isSortedAccordingTo(Comparator.reverseOrder());

		JsonNode first = ok(get("/api/v1/events?limit=2"));
		assertThat(ids(first)).isEqualTo(all.subList(0, 2));
		assertThat(ids(ok(get(first.get("next").asString())))).startsWith(all.get(2));
		assertThat(ok(get("/api/v1/events?link=orders")).get("items"))
			.allSatisfy((event) -> assertThat(event.get("link").asString()).isEqualTo("orders"));
		assertThat(ok(get("/api/v1/events?link=gone")).get("items").size()).isZero();
		assertThat(ok(get("/api/v1/standings")).get("items")).extracting((link) -> link.get("name").asString())
			.containsExactlyInAnyOrder("customers", "orders", ODD);
	}

	@Test
	void aRefusedRunSaysWithWhichExitCodeItsCommandWouldEnd() {
		JsonNode refused = problem(post("/api/v1/links/orders/runs", "{\"mode\":\"full_if_due\"}"), 409, "run-refused");
		assertThat(refused.get("exitCode").asInt()).isEqualTo(2);
		assertThat(refused.get("detail").asString()).contains("Link 'orders' has no full-schedule");
		JsonNode unknown = problem(get("/api/v1/links/ordres"), 404, "not-found");
		assertThat(unknown.get("detail").asString()).contains("did you mean 'orders'?");
		assertThat(unknown.get("exitCode").isNull()).isTrue();
	}

	@Test
	void aRunIsPlannedAndCheckedWithoutBeingStarted() {
		JsonNode plan = ok(post("/api/v1/links/orders/plan", "{\"full\":true}"));
		assertThat(plan.get("mode").asString()).isEqualTo("FULL");
		assertThat(ok(post("/api/v1/links/orders/check", null)).get("problems").size()).isZero();
		JsonNode preview = ok(post("/api/v1/links/orders/preview", "{\"limit\":2}"));
		assertThat(preview.get("records").size()).isLessThanOrEqualTo(2);
		problem(post("/api/v1/links/orders/preview", "{\"limit\":0}"), 400, "invalid-request");
		problem(console.api("POST", "/api/v1/links/orders/preview", viewer, "{}"), 403, "forbidden");
		problem(console.api("POST", "/api/v1/links/orders/check", viewer, null), 403, "forbidden");
	}

	@Test
	void whatConcernsAllLinksIsOnlyForAdminsWhoAreNotLimited() {
		String limited = console.token(Role.ADMIN, "orders");
		String body = "{\"name\":\"new\",\"role\":\"ADMIN\"}";
		for (String list : List.of("tokens", "users", "metrics")) {
			problem(console.api("GET", "/api/v1/" + list, limited, null), 403, "forbidden");
		}
		problem(console.api("POST", "/api/v1/tokens", limited, body), 403, "forbidden");
		problem(console.api("POST", "/api/v1/prune", limited, "{}"), 403, "forbidden");
		problem(console.api("POST", "/api/v1/forget", limited, "{\"link\":\"gone\"}"), 403, "forbidden");
		problem(get("/api/v1/tokens"), 403, "forbidden");

		String token = ok(console.api("POST", "/api/v1/tokens", admin, body)).get("token").asString();
		assertThat(ok(console.api("GET", "/api/v1/tokens", token, null)).toString()).contains("\"new\"")
			.doesNotContain(token);
		problem(console.api("POST", "/api/v1/tokens", admin, body), 409, "conflict");
		assertThat(console.api("DELETE", "/api/v1/tokens/new", token, null).statusCode()).isEqualTo(204);
		problem(console.api("GET", "/api/v1/tokens", token, null), 401, "unauthenticated");

		String user = "{\"name\":\"anna\",\"role\":\"VIEWER\",\"password\":\"correct horse\"}";
		assertThat(console.api("POST", "/api/v1/users", admin, user).statusCode()).isEqualTo(204);
		assertThat(ok(console.api("GET", "/api/v1/users", admin, null)).toString()).contains("anna")
			.doesNotContain("password", "bcrypt");
		problem(console.api("PUT", "/api/v1/users/anna/password", admin, "{\"password\":\"short\"}"), 409, "conflict");
		assertThat(console.api("DELETE", "/api/v1/users/anna", admin, null).statusCode()).isEqualTo(204);

		assertThat(ok(console.api("POST", "/api/v1/prune", admin, "{\"dryRun\":true}")).get("dryRun").asBoolean())
			.isTrue();
		problem(console.api("POST", "/api/v1/forget", admin, "{\"link\":\"orders\"}"), 409, "conflict");
		assertThat(ok(get("/api/v1/metrics")).get("text").asString()).contains("# TYPE deltasync_");
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
	void ofTwoWhoHaveSeenTheSameWindowOnlyOneSetsIt() {
		String path = "/api/v1/links/orders/window";
		run("/api/v1/links/orders", "{\"mode\":\"delta\"}");
		String version = get(path).headers().firstValue("etag").orElseThrow();
		AtomicReference<@Nullable HttpResponse<String>> other = new AtomicReference<>();
		// the first request is under way when the source is asked
		console.script().beforeIdentity = () -> {
			console.script().beforeIdentity = () -> {
			};
			other.set(console.api("PUT", path, admin, "{\"start\":\"2026-02-01T00:00:00Z\"}", "If-Match", version));
		};

		HttpResponse<String> first = console.api("PUT", path, admin, "{\"start\":\"2026-01-01T00:00:00Z\"}", "If-Match",
				version);

		assertThat(ok(Objects.requireNonNull(other.get())).get("lastSuccessfulSync").asString())
			.isEqualTo("2026-02-01T00:00:00Z");
		problem(first, 412, "window-changed");
		assertThat(ok(get(path)).get("lastSuccessfulSync").asString()).isEqualTo("2026-02-01T00:00:00Z");
	}

	@Test
	void anActionIsInTheAuditLogBeforeItIsDoneAndThenSaysWhatCameOfIt() {
		List<JsonNode> meanwhile = new ArrayList<>();
		console.script().beforeIdentity = () -> {
			console.script().beforeIdentity = () -> {
			};
			meanwhile.add(newestAction("customers"));
		};

		JsonNode event = run("/api/v1/links/customers", "{\"mode\":\"full\"}");

		assertThat(meanwhile).hasSize(1).allSatisfy((entry) -> {
			assertThat(entry.get("action").asString()).isEqualTo("run");
			assertThat(entry.get("after").asString()).isEqualTo("full");
			assertThat(entry.get("event").isNull()).isTrue();
		});
		assertThat(newestAction("customers").get("event").asLong()).isEqualTo(event.get("id").asLong());

		problem(post("/api/v1/events/%d/stop".formatted(event.get("id").asLong()), null), 409, "conflict");
		assertThat(newestAction("customers").get("action").asString()).isEqualTo("stop");
		assertThat(newestAction("customers").get("after").asString()).startsWith("failed: ")
			.contains("no run of event %d is going on".formatted(event.get("id").asLong()));
	}

	private static JsonNode newestAction(String link) {
		return ok(console.api("GET", "/api/v1/audit?limit=1&link=" + link, admin, null)).get("items").get(0);
	}

	@Test
	void aRunThatIsPrunedMeanwhileIsUnknown() {
		long event = run("/api/v1/links/orders", "{\"mode\":\"delta\"}").get("id").asLong();
		JobRepository repository = console.bean(JobRepository.class);
		JobRepository pruning = (JobRepository) Proxy.newProxyInstance(ApiIT.class.getClassLoader(),
				new Class<?>[] { JobRepository.class }, (proxy, method, arguments) -> {
					EventRemovals.remove(console.bean(Operations.class).event(event),
							console.bean(RepositoryDatabase.class).jdbc(),
							console.bean(RepositoryDatabase.class).product(),
							console.bean(RunTransactions.class).template());
					try {
						return method.invoke(repository, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
		Operations operations = new Operations(console.bean(Links.class), console.bean(SyncEvents.class),
				console.bean(RunTables.class).rejects(), console.bean(RejectDecisions.class),
				console.bean(PauseDecisions.class), console.bean(AuditLog.class), console.bean(LinkStarter.class),
				console.bean(JobOperator.class), pruning, console.bean(FullRuns.class));

		assertThatThrownBy(() -> operations.stop(event, new Person("somebody"))).isInstanceOf(UnknownException.class)
			.hasMessageContaining("has just been pruned");
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
		assertThat(ids(ok(console.api("GET", "/api/v1/events", token, null)))).contains(own).doesNotContain(other);
		assertThat(ok(console.api("GET", "/api/v1/standings", token, null)).get("items"))
			.extracting((link) -> link.get("name").asString())
			.containsExactly("customers");
		assertThat(problem(console.api("GET", "/api/v1/links/custmers", token, null), 404, "not-found").toString())
			.doesNotContain("orders");
		for (String hidden : List.of("/api/v1/links/orders", "/api/v1/links/orders/events",
				"/api/v1/events?link=orders", "/api/v1/links/orders/rejects/waiting", "/api/v1/links/orders/rejects",
				"/api/v1/links/orders/window", "/api/v1/events/" + other, "/api/v1/events/" + other + "/records")) {
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
