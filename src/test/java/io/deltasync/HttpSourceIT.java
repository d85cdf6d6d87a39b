package io.deltasync;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.deltasync.api.AbortRunException;
import io.deltasync.cli.text.RecordPreviewText;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.link.Links;
import io.deltasync.run.plan.Preview;
import io.deltasync.run.plan.Previews;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.JsonServer;
import io.deltasync.testing.TestDatabase;
import io.deltasync.trace.RecordPreview;
import io.deltasync.trace.RecordPreview.Previewed;
import io.deltasync.trace.RecordPreview.Shown;
import io.deltasync.trace.RecordPreviews;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Links from HTTP APIs to a table, as an application runs them.
 */
@EachDatabase(TestDatabase.H2)
class HttpSourceIT extends JdbcLinks {

	private static final String LINKS = """
			deltasync:
			  connections:
			    shop: { type: http, url: "%1$s", allow-private: true }
			    desk: { type: http, url: "%1$s", allow-private: true }
			    hr: { type: http, url: "%1$s", allow-private: true }
			    crm: { type: http, url: "%1$s", allow-private: true }
			  links:
			    orders:                        # total known: SCOPES by page (offset: type: offset)
			      source:
			        adapter: http
			        connection: shop
			        path: /orders
			        query: { updated_at_gte: "{since}", updated_at_lte: "{until}", _sort: id }
			        records: ""                # where the records are in the answer; "" is the whole answer, "data.items" a path
			        key: id
			        delta: { property: updated_at, format: iso }
			        paging: { type: page, page-param: _page, size-param: _limit, size: 100, total: "header:X-Total-Count" }
			      target: { adapter: jdbc, connection: warehouse, table: thing }
			    linked:
			      source:
			        adapter: http
			        connection: shop
			        path: /orders
			        query: { _page: "1", _limit: "60" }
			        key: id
			        paging: { type: next, next: "header:Link" }
			      target: { adapter: jdbc, connection: warehouse, table: thing }
			    tickets:                       # next link or token: chain
			      source: { adapter: http, connection: desk, path: /tickets, records: data, key: id,
			                paging: { type: next, next: "header:Link" } }          # or next: "meta.next", next-param: cursor
			      target: { adapter: jdbc, connection: warehouse, table: thing }
			    people:                        # ids, then each record: CUMULATIVE_SCOPES
			      source:
			        adapter: http
			        connection: hr
			        list: { path: /people/ids, records: ids, paging: { type: page, page-param: page, size: 1000 } }
			        path: /people/{id}
			        key: id
			      target: { adapter: jdbc, connection: warehouse, table: thing }
			    report:                        # export: DELAY
			      source:
			        adapter: http
			        connection: crm
			        export:
			          create: { method: POST, path: /exports, body: { from: "{since}", to: "{until}" }, id: id }
			          poll: { path: "/exports/{job.id}", status: status, done: [finished], running: [queued, working], failed: [error], empty: [no_data] }
			          download: { path: "/exports/{job.id}/file", format: csv }
			          delete: { method: DELETE, path: "/exports/{job.id}" }        # after the run's success
			        key: id
			      target: { adapter: jdbc, connection: warehouse, table: thing }
			""";

	private static final WireMockServer WIRE = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	@TempDir
	Path directory;

	@BeforeEach
	void makeTable() {
		this.target.execute("CREATE TABLE \"thing\" (\"id\" BIGINT PRIMARY KEY, \"name\" VARCHAR(50), "
				+ "\"updated_at\" VARCHAR(50))");
		this.properties.removeIf((property) -> property.startsWith("deltasync.connections.crm"));
	}

	@AfterEach
	void stopServer() {
		WIRE.stop();
		WIRE.resetAll();
	}

	private void links(String url) throws IOException {
		links(url, LINKS);
	}

	private void links(String url, String yaml) throws IOException {
		Path file = this.directory.resolve("links.yaml");
		Files.writeString(file, yaml.formatted(url));
		configure("spring.config.additional-location=file:" + file);
	}

	private static String order(int id, Instant updatedAt) {
		return "{\"id\":%d,\"name\":\"order %d\",\"updated_at\":\"%s\"}".formatted(id, id, updatedAt);
	}

	private static String orders(int from, int to) {
		return IntStream.range(from, to)
			.mapToObj((id) -> order(id, Instant.parse("2026-01-01T00:00:00Z")))
			.collect(Collectors.joining(",", "[", "]"));
	}

	private int count() {
		return this.target.queryForObject("SELECT COUNT(*) FROM \"thing\"", Integer.class);
	}

	private static void put(String url, String json) throws Exception {
		HttpResponse<String> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(url))
				.header("Content-Type", "application/json")
				.PUT(HttpRequest.BodyPublishers.ofString(json))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	@Test
	void pagesAndChangesOfARealServerArrive() throws Exception {
		try (JsonServer server = JsonServer.start(this.directory, "{\"orders\":%s}".formatted(orders(1, 251)))) {
			links(server.url());

			SyncEvent first = run("orders", "DELTA");

			assertThat(first.success()).as(first.toString()).isTrue();
			assertThat(first.strategy()).isEqualTo("SCOPES");
			assertThat(first.expectedTotalRecords()).isEqualTo(250);
			assertThat(count()).isEqualTo(250);
			assertThat(run("orders", "DELTA").strategy()).isEqualTo("NO_RECORDS");

			put(server.url() + "/orders/7", order(7, Instant.now().minusSeconds(5).truncatedTo(ChronoUnit.SECONDS)));
			SyncEvent changed = run("orders", "DELTA");

			assertThat(changed.success()).isTrue();
			assertThat(changed.records().written()).isEqualTo(1);
			assertThat(run("orders", "FULL").records().written()).isEqualTo(250);
			assertThat(run("linked", "DELTA").records().written()).as("by the header Link").isEqualTo(250);
		}
	}

	@Test
	void planShowsTheRequestsAndCreatesNoExport() throws Exception {
		WIRE.start();
		WIRE.stubFor(
				get(urlPathEqualTo("/orders")).willReturn(okJson(orders(0, 100)).withHeader("X-Total-Count", "250")));
		links(WIRE.baseUrl());
		open();

		assertThat(plan("orders").reads()).contains("everything up to 20", "GET /orders?updated_at_lte=20",
				"&_sort=id&_page=1&_limit=100, 250 records on 3 pages");
		assertThat(plan("tickets").reads()).contains("GET /tickets, then page after page");
		assertThat(plan("people").strategy()).isEqualTo("CUMULATIVE_SCOPES");
		assertThat(plan("report").reads()).contains("POST /exports, then an export is awaited and downloaded");
		WIRE.verify(0, WireMock.postRequestedFor(WireMock.anyUrl()));
	}

	private Preview plan(String link) {
		WIRE.stubFor(get(urlPathEqualTo("/people/ids")).willReturn(okJson("{\"ids\":[]}")));
		return this.application.getBean(Previews.class)
			.preview(this.application.getBean(Links.class).get(link), Mode.DELTA);
	}

	@Test
	void previewShowsTheFirstRecordsOfEachPatternAndCreatesNoExport() throws Exception {
		WIRE.start();
		page(1, 250, 250);
		page(2, 250, 250);
		WIRE.stubFor(get(urlEqualTo("/tickets")).willReturn(okJson("{\"data\":%s}".formatted(orders(0, 2)))
			.withHeader("Link", "</tickets?after=2>; rel=\"next\"")));
		WIRE.stubFor(get(urlEqualTo("/tickets?after=2")).willReturn(okJson("{\"data\":%s}".formatted(orders(2, 9)))));
		WIRE.stubFor(get(urlPathEqualTo("/people/ids")).willReturn(okJson("{\"ids\":[]}")));
		WIRE.stubFor(get(urlEqualTo("/people/ids?page=1")).willReturn(okJson("{\"ids\":[1,2]}")));
		WIRE.stubFor(get(urlEqualTo("/people/ids?page=2")).willReturn(okJson("{\"ids\":[3,4]}")));
		for (int id = 1; id < 5; id++) {
			WIRE.stubFor(get(urlEqualTo("/people/" + id)).willReturn(okJson(order(id, Instant.EPOCH))));
		}
		links(WIRE.baseUrl());
		open();

		RecordPreview orders = preview("orders", 2);
		assertThat(orders.records()).extracting(Previewed::key).containsExactly("0", "1");
		assertThat(orders.more()).isTrue();
		assertThat(orders.records().get(0).source()).containsEntry("id", new Shown("integer", "0"))
			.containsEntry("updated_at", new Shown("text", "2026-01-01T00:00:00Z"));
		assertThat(orders.records().get(0).passage().reachesTarget()).isTrue();
		assertThat(preview("orders", 150).records()).as("of two pages").hasSize(150);
		assertThat(preview("tickets", 3).records()).extracting(Previewed::key).containsExactly("0", "1", "2");
		assertThat(preview("tickets", 99).more()).isFalse();
		assertThat(preview("people", 3).records()).as("of two lists")
			.extracting(Previewed::key)
			.containsExactly("1", "2", "3");
		assertThat(preview("people", 3).more()).isTrue();
		assertThat(preview("people", 99).records()).hasSize(4);

		RecordPreview report = preview("report", 5);
		assertThat(report.records()).isEmpty();
		assertThat(report.askedAgainAt()).isNotNull();
		assertThat(RecordPreviewText.of(report)).contains("POST /exports, then an export is awaited and downloaded",
				"none yet: a run has the source prepare them first");
		WIRE.verify(0, WireMock.postRequestedFor(WireMock.anyUrl()));
		assertThat(count()).isZero();
	}

	private RecordPreview preview(String link, int limit) {
		return this.application.getBean(RecordPreviews.class)
			.preview(this.application.getBean(Links.class).get(link), Mode.DELTA, limit);
	}

	@Test
	void previewSaysWhyTheApiHasNoRecords() throws Exception {
		WIRE.start();
		WIRE.stubFor(get(urlEqualTo("/tickets")).willReturn(aResponse().withStatus(403).withBody("no access")));
		WIRE.stubFor(get(urlPathEqualTo("/orders"))
			.willReturn(aResponse().withHeader("Content-Type", "text/html").withBody("<p>Sign in</p>")));
		links(WIRE.baseUrl());
		open();

		assertThatThrownBy(() -> preview("tickets", 1)).isInstanceOf(AbortRunException.class)
			.hasMessageContaining("Link 'tickets'")
			.hasMessageContaining("403");
		assertThatThrownBy(() -> preview("orders", 1)).isInstanceOf(AbortRunException.class)
			.hasMessageContaining("text/html");
		WIRE.stop();
		assertThatThrownBy(() -> preview("orders", 1)).isInstanceOf(AbortRunException.class)
			.hasMessageContaining("connection 'shop'");
	}

	@Test
	void ticketsComeAlongTheirLinks() throws Exception {
		WIRE.start();
		WIRE.stubFor(get(urlEqualTo("/tickets")).willReturn(okJson("{\"data\":%s}".formatted(orders(0, 10)))
			.withHeader("Link", "</tickets?after=10>; rel=\"next\"")));
		WIRE.stubFor(
				get(urlEqualTo("/tickets?after=10")).willReturn(okJson("{\"data\":%s}".formatted(orders(10, 15)))));
		links(WIRE.baseUrl());

		SyncEvent event = run("tickets", "DELTA");

		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(count()).isEqualTo(15);
	}

	@Test
	void busyServerIsAskedAgainAndHiddenRecordsAreCountedAsIgnored() throws Exception {
		WIRE.start();
		WIRE.stubFor(get(urlPathEqualTo("/people/ids")).willReturn(okJson("{\"ids\":[]}")));
		WIRE.stubFor(get(urlEqualTo("/people/ids?page=1")).inScenario("busy").willReturn(okJson("{\"ids\":[1,2]}")));
		WIRE.stubFor(get(urlEqualTo("/people/ids?page=1")).inScenario("busy")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("free")
			.willReturn(aResponse().withStatus(423)));
		WIRE.stubFor(get(urlEqualTo("/people/1")).willReturn(okJson(order(1, Instant.EPOCH))));
		WIRE.stubFor(get(urlEqualTo("/people/2")).willReturn(aResponse().withStatus(403)));
		links(WIRE.baseUrl(), LINKS.replace("path: /people/{id}",
				"path: /people/{id}\n        retry-status: 423\n        no-records-status: 403"));

		SyncEvent event = run("people", "DELTA");

		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records().written()).isEqualTo(1);
		assertThat(event.records().ignored()).isEqualTo(1);
		assertThat(event.toString()).contains("the source answers with status 403");
	}

	@Test
	void peopleComeOneByOne() throws Exception {
		WIRE.start();
		WIRE.stubFor(get(urlEqualTo("/people/ids?page=1"))
			.willReturn(okJson("{\"ids\":%s}".formatted(IntStream.range(0, 45).boxed().toList()))));
		WIRE.stubFor(get(urlEqualTo("/people/ids?page=2")).willReturn(okJson("{\"ids\":[]}")));
		IntStream.range(0, 45)
			.forEach((id) -> WIRE.stubFor(get(urlEqualTo("/people/" + id))
				.willReturn((id == 7) ? aResponse().withStatus(404) : okJson(order(id, Instant.EPOCH)))));
		links(WIRE.baseUrl());

		SyncEvent event = run("people", "DELTA");

		assertThat(event.strategy()).isEqualTo("CUMULATIVE_SCOPES");
		assertThat(event.success()).isFalse();
		assertThat(event.records().failed()).as("one has no record").isEqualTo(1);
		assertThat(event.scopes().failed()).isZero();
		assertThat(count()).isEqualTo(44);
	}

	@Test
	void exportIsDeletedAfterTheSuccess() throws Exception {
		WIRE.start();
		WIRE.stubFor(post(urlEqualTo("/exports")).willReturn(okJson("{\"id\":\"x/1\"}")));
		WIRE.stubFor(get(urlEqualTo("/exports/x%2F1")).willReturn(okJson("{\"status\":\"finished\"}")));
		WIRE.stubFor(get(urlEqualTo("/exports/x%2F1/file"))
			.willReturn(aResponse().withHeader("Content-Type", "text/csv").withBody("id,name\n1,Ada\n2,Grace\n")));
		WIRE.stubFor(delete(urlMatching("/exports/.*")).willReturn(aResponse().withStatus(204)));
		links(WIRE.baseUrl());

		SyncEvent event = run("report", "DELTA");

		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(count()).isEqualTo(2);
		WIRE.verify(1, deleteRequestedFor(urlEqualTo("/exports/x%2F1")));
	}

	@Test
	void exportOfAnAbandonedRunIsCancelledOnceTheNextRunBegins() throws Exception {
		WIRE.start();
		WIRE.stubFor(post(urlEqualTo("/exports")).inScenario("exports").willReturn(okJson("{\"id\":2}")));
		WIRE.stubFor(post(urlEqualTo("/exports")).inScenario("exports")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("second")
			.willReturn(okJson("{\"id\":1}")));
		WIRE.stubFor(get(urlEqualTo("/exports/1")).willReturn(okJson("{\"status\":\"strange\"}")));
		WIRE.stubFor(get(urlEqualTo("/exports/2")).willReturn(okJson("{\"status\":\"no_data\"}")));
		WIRE.stubFor(delete(urlMatching("/.*")).willReturn(aResponse().withStatus(204)));
		WIRE.stubFor(delete(urlEqualTo("/jobs/1")).willReturn(aResponse().withStatus(500)));
		links(WIRE.baseUrl(), LINKS.replace("          delete: {",
				"          cancel: { path: \"/jobs/{job.id}\" }\n          delete: {"));

		SyncEvent failed = run("report", "DELTA");

		assertThat(failed.success()).isFalse();
		WIRE.verify(0, deleteRequestedFor(WireMock.anyUrl()));

		SyncEvent next = run("report", "DELTA");

		assertThat(next.success()).as(next.toString()).isTrue();
		assertThat(next.warnings()).as("cancelling is an attempt")
			.anySatisfy((warning) -> assertThat(warning).contains("Event %d".formatted(failed.id()), "status 500"));
		run("report", "DELTA");
		WIRE.verify(WireMock.moreThanOrExactly(1), deleteRequestedFor(urlEqualTo("/jobs/1")));
		WIRE.verify(0, deleteRequestedFor(urlEqualTo("/jobs/2")));
		WIRE.verify(0, deleteRequestedFor(urlEqualTo("/exports/1")));
	}

	@Test
	void pagesThatMovedAreReadAgainByTheNextRun() throws Exception {
		WIRE.start();
		for (int page = 1; page <= 3; page++) {
			page(page, 250, (page == 2) ? 249 : 250);
		}
		links(WIRE.baseUrl());

		SyncEvent moved = run("orders", "DELTA");

		assertThat(moved.success()).isFalse();
		assertThat(moved.scopes().failed()).isEqualTo(1);
		assertThat(moved.cursorAfter()).isNull();
		assertThat(moved.toString()).contains("says on page 2 that there are 249 records");

		page(2, 250, 250);
		SyncEvent next = run("orders", "DELTA");

		assertThat(next.success()).as(next.toString()).isTrue();
		assertThat(next.windowStart()).isNull();
		assertThat(count()).isEqualTo(250);
	}

	private static void page(int page, int records, int total) {
		WIRE.stubFor(get(urlPathEqualTo("/orders")).withQueryParam("_page", WireMock.equalTo(String.valueOf(page)))
			.willReturn(okJson(orders((page - 1) * 100, Math.min(page * 100, records))).withHeader("X-Total-Count",
					String.valueOf(total))));
	}

	@Test
	void numberMovesWithTheSuccessOnly() throws Exception {
		WIRE.start();
		numbers("/changes", 1, 2);
		numbers("/changes?after=2", 3, 4);
		numbers("/changes?after=4");
		WIRE.stubFor(get(urlEqualTo("/changes"))
			.willReturn(okJson("[%s,%s]".formatted(numbered(1, "x".repeat(51)), numbered(2, "b")))));
		links(WIRE.baseUrl(), LINKS + """
				    numbered:
				      source:
				        adapter: http
				        connection: shop
				        path: /changes
				        query: { after: "{since}" }
				        key: id
				        delta: { property: updated_at, format: number, overlap-numbers: 0 }
				        paging: { type: since }
				      target: { adapter: jdbc, connection: warehouse, table: thing }
				""");

		SyncEvent failed = run("numbered", "DELTA");
		assertThat(failed.success()).isFalse();
		assertThat(failed.cursorAfter()).isNull();

		numbers("/changes", 1, 2);
		SyncEvent next = run("numbered", "DELTA");
		assertThat(next.success()).as(next.toString()).isTrue();
		assertThat(next.cursorAfter()).isEqualTo("number:updated_at:4");

		WIRE.resetRequests();
		assertThat(run("numbered", "DELTA").cursorAfter()).isEqualTo("number:updated_at:4");
		WIRE.verify(1, WireMock.getRequestedFor(WireMock.anyUrl()));
		WIRE.verify(1, WireMock.getRequestedFor(urlEqualTo("/changes?after=4")));
		assertThat(count()).isEqualTo(4);
	}

	private static void numbers(String url, int... numbers) {
		WIRE.stubFor(get(urlEqualTo(url)).willReturn(okJson(IntStream.of(numbers)
			.mapToObj((number) -> numbered(number, "a"))
			.collect(Collectors.joining(",", "[", "]")))));
	}

	private static String numbered(int number, String name) {
		return "{\"id\":%d,\"name\":\"%s\",\"updated_at\":\"%d\"}".formatted(number, name, number);
	}

	@Test
	void stepsOfTheWindowAreScopes() throws Exception {
		WIRE.start();
		WIRE.stubFor(get(urlPathEqualTo("/orders")).willReturn(okJson(orders(0, 2))));
		links(WIRE.baseUrl(), LINKS
			.replace("format: iso }", "start: \"%s\", step: 1d }".formatted(Instant.now().minus(60, ChronoUnit.HOURS)))
			.replace(
					"paging: { type: page, page-param: _page, size-param: _limit, size: 100, total: \"header:X-Total-Count\" }",
					""));

		SyncEvent event = run("orders", "DELTA");

		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.strategy()).isEqualTo("SCOPES");
		assertThat(event.records().written()).as("in three steps").isEqualTo(6);
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void allProblemsOfTheOptionsAreReportedAtStart() throws Exception {
		links("http://localhost:1",
				LINKS.replace("{since}\", updated", "{sinze}\", updated")
					.replace("next: \"header:Link\" } }          #", "nextt: \"header:Link\" } }          #")
					.replace("path: /people/{id}", "path: /people")
					.replace("status: status, done: [finished], ", ""));

		assertThatThrownBy(this::open).rootCause()
			.hasMessageContaining("Link 'orders': query.updated_at_gte has {sinze}")
			.hasMessageContaining("nextt")
			.hasMessageContaining("path has no {id}")
			.hasMessageContaining("deltasync.links.report.source.export.poll.done");
	}

}
