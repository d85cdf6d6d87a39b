package io.deltasync.http.source;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.deltasync.api.RecordInFlight;
import io.deltasync.http.source.delta.Window;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * An export that the API generates.
 */
class ExportJobTests {

	private static final HttpApi API = new HttpApi();

	private static final String REPORT = """
			export:
			  create: { method: POST, path: /exports, body: { from: "{since}", to: "{until}" }, id: id }
			  poll: { path: "/exports/{job.id}", status: status, done: [finished], running: [queued, working], failed: [error], empty: [no_data] }
			  download: { path: "/exports/{job.id}/file", format: csv }
			  delete: { method: DELETE, path: "/exports/{job.id}" }
			key: id
			""";

	private static final String FILE = "id,name\n1,Ada\n2,Grace\n";

	@BeforeEach
	void reset() {
		API.requests.clear();
	}

	@AfterAll
	static void stop() {
		API.close();
	}

	/** Answers as an API whose export passes through the states. */
	private static void play(String file, String... states) {
		Deque<String> left = new ArrayDeque<>(Arrays.asList(states));
		API.answer((request) -> {
			ResponseDefinitionBuilder answer = switch (request.getMethod().getName()) {
				case "POST" ->
					HttpApi.json("{\"id\":7,\"sent\":%s}".formatted(request.getBodyAsString())).withStatus(202);
				case "DELETE" -> WireMock.noContent();
				default -> request.getUrl().endsWith("/file") ? WireMock.ok(file).withHeader("Content-Type", "text/csv")
						: HttpApi.json("{\"status\":\"%s\",\"rows\":2,\"links\":{\"file\":\"%s/exports/7/file\"}}"
							.formatted((left.size() > 1) ? left.remove() : left.peek(), API.url()));
			};
			return answer;
		});
	}

	private static AdapterRun run(String yaml) {
		return API.kit(yaml).fetchOnce().run();
	}

	@Test
	void exportIsCreatedAwaitedDownloadedAndDeleted() {
		play(FILE, "queued", "working", "finished");

		AdapterRun run = run(REPORT);

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.strategies()).containsExactly("DELAY", "DELAY", "DELAY", "DELAY", "SCOPES");
		assertThat(run.records()).extracting((found) -> found.get("name")).containsExactly("Ada", "Grace");
		assertThat(run.isAcknowledged()).isTrue();
		assertThat(run.cursor()).isEqualTo("time::2026-03-01T11:59:30Z");
		assertThat(API.requests).containsExactly("POST /exports", "GET /exports/7", "GET /exports/7", "GET /exports/7",
				"GET /exports/7/file", "DELETE /exports/7", "DELETE /exports/7");
	}

	@Test
	void nextRunContinuesWhereTheLastExportEnded() {
		play(FILE, "finished");
		AdapterRun first = run(REPORT);

		AdapterRun next = API.kit(REPORT)
			.context(first.nextContext(HttpApi.context().build().runTimestamp().plusSeconds(60)))
			.fetchOnce()
			.run();

		assertThat(next.isSuccessful()).isTrue();
		assertThat(next.warnings()).isEmpty();
		assertThat(((HttpScope.Download) next.scopes().get(0)).window().since()).hasToString("2026-03-01T11:58:30Z");
	}

	@Test
	void emptyExportIsASuccessAndIsDeleted() {
		play(FILE, "working", "no_data");

		AdapterRun run = run(REPORT);

		assertThat(run.strategy()).isEqualTo("NO_RECORDS");
		assertThat(API.requests).contains("DELETE /exports/7");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			error     | The export 7 has failed at the source: status says 'error'
			cancelled | The export 7 has the state 'cancelled', which no option mentions; add it to export.poll.done
			""")
	void otherStatesAbortTheRun(String state, String message) {
		play(FILE, state);

		assertThatThrownBy(() -> run(REPORT)).hasMessageContaining(message);
		assertThat(API.requests).doesNotContain("DELETE /exports/7");
	}

	@Test
	void exportThatCannotBeReadIsNotDeleted() {
		play("id,name\n1,Ada\n2,\"Gra", "finished");

		AdapterRun run = run(REPORT);

		assertThat(run.isSuccessful()).isFalse();
		assertThat(run.records()).filteredOn(RecordInFlight::isFailed).hasSize(1);
		assertThat(API.requests).doesNotContain("DELETE /exports/7");
	}

	@Test
	void loginPageInPlaceOfTheFileFails() {
		play(FILE, "finished");
		API.answer((request) -> request.getUrl().endsWith("/file")
				? WireMock.ok("<html>").withHeader("Content-Type", "text/html; charset=utf-8")
				: HttpApi.json("{\"id\":7,\"status\":\"finished\"}"));

		assertThat(run(REPORT).failures()).singleElement().asString().contains("answered with text/html");
	}

	@Test
	void downloadIsComparedWithItsTotal() {
		String yaml = REPORT.replace("status: status", "status: status, total: rows");
		play(FILE, "finished");
		assertThat(run(yaml).expectedTotalRecords()).isEqualTo(2);

		play("id,name\n1,Ada\n", "finished");
		assertThat(run(yaml).failures()).singleElement()
			.asString()
			.contains("has 1 records, but the export was said to have 2");
	}

	@Test
	void linkOfAnAnswerIsUsedAsItIs() {
		play("{\"id\":1}\n{\"id\":2}\n", "finished");

		AdapterRun run = run(REPORT.replace("path: \"/exports/{job.id}/file\", format: csv",
				"path: \"{job.links.file}\", format: jsonl"));

		assertThat(run.records()).hasSize(2);
	}

	@Test
	void exportThatIsGoneIsCreatedAgainOnce() {
		Deque<Integer> ids = new ArrayDeque<>(List.of(7, 8));
		Set<String> asked = new HashSet<>();
		API.answer((request) -> switch (request.getMethod().getName()) {
			case "POST" -> HttpApi.json("{\"id\":%d}".formatted(ids.remove()));
			case "DELETE" -> WireMock.noContent();
			default -> request.getUrl().endsWith("/file") ? WireMock.ok(FILE).withHeader("Content-Type", "text/csv")
					: request.getUrl().endsWith("8") ? HttpApi.json("{\"status\":\"finished\"}")
							: asked.add(request.getUrl()) ? HttpApi.json("{\"status\":\"working\"}")
									: WireMock.status(410);
		});

		AdapterRun run = run(REPORT);

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.records()).hasSize(2);
		assertThat(run.warnings())
			.containsExactly("The export 7 no longer exists at the source, so another one is created");
		assertThat(List.copyOf(API.requests)).containsSubsequence("POST /exports", "GET /exports/7", "GET /exports/7",
				"POST /exports", "GET /exports/8");

		ids.addAll(List.of(9, 10));
		assertThatThrownBy(() -> run(REPORT)).hasMessageContaining("The export 10, too, no longer exists");
	}

	@Test
	void exportThatWasNeverThereIsNotCreatedAgain() {
		API.answer((request) -> request.getMethod().getName().equals("POST") ? HttpApi.json("{\"id\":7}")
				: WireMock.notFound());

		assertThatThrownBy(() -> run(REPORT)).hasMessageContaining("GET /exports/7 answered with status 404");
		assertThat(API.requests).containsOnlyOnce("POST /exports");
	}

	@Test
	void fileThatIsGoneNeedsANewRun() {
		API.answer((request) -> request.getUrl().endsWith("/file") ? WireMock.status(410)
				: HttpApi.json("{\"id\":7,\"status\":\"finished\"}"));

		assertThat(run(REPORT).failures()).singleElement()
			.asString()
			.contains("status 410: the source no longer has the export", "start a new run");
	}

	@Test
	void abandonedExportsAreCancelledWhateverTheirState() throws Exception {
		HttpSource source = API.source();
		source.configure(HttpApi.options("connection: shop\n" + REPORT.replace("  delete:",
				"  cancel: { method: POST, path: \"/exports/{job.id}/cancel\" }\n  delete:")));
		Window window = new Window(null, Instant.EPOCH, Instant.EPOCH);
		API.answer((request) -> request.getUrl().contains("8") ? WireMock.notFound() : WireMock.noContent());

		source.runAbandoned(HttpApi.context().build(),
				List.of(new HttpScope.Again(), new HttpScope.Export(window, null),
						new HttpScope.Export(window, Map.of("id", 7L)), new HttpScope.Export(window, Map.of("id", 8L)),
						new HttpScope.Download(window, Map.of("id", 9L), null)));

		assertThat(API.requests).containsExactly("POST /exports/7/cancel", "POST /exports/8/cancel",
				"POST /exports/9/cancel");
	}

	@Test
	void answerWithoutAnIdAbortsTheRun() {
		API.answer((request) -> HttpApi.json("{\"job\":1}"));

		assertThatThrownBy(() -> run(REPORT)).hasMessageContaining("has no id of the export; correct export.create.id");
	}

	@Test
	void exportThatIsGoneWhenItIsDeletedIsNoProblem() {
		API.answer((request) -> switch (request.getMethod().getName()) {
			case "DELETE" -> WireMock.notFound();
			case "POST" -> HttpApi.json("{}").withHeader("Location", "/exports/7");
			default ->
				request.getUrl().endsWith("/file") ? HttpApi.json("[]") : HttpApi.json("{\"status\":\"finished\"}");
		});

		AdapterRun run = run(REPORT.replace("id: id", "id: header:Location")
			.replace("/exports/{job.id}", "{job.id}")
			.replace("{job.id}/file\", format: csv", "/exports/7/file\", format: json"));

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(List.copyOf(API.requests)).endsWith("GET /exports/7/file", "DELETE /exports/7", "DELETE /exports/7");
	}

}
