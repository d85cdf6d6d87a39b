package io.deltasync.http.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A full run meets all records, also those that changed after the end of its window: what
 * it does not meet counts as deleted.
 */
class FullRunTests {

	private static final HttpApi API = new HttpApi();

	private static final Instant NOW = Instant.parse("2026-03-01T11:59:30Z");

	private static final Pattern FIELD = Pattern.compile("\"(from|to)\":\"([^\"]+)\"");

	private static final String NUMBERED = """
			path: /numbered
			query: { from: "{since}", to: "{until}" }
			delta: { settle: 10s }
			key: id
			paging: { type: page, page-param: page, size: 1, total: "header:Total" }
			""";

	private static final String CHAIN = """
			path: /chain
			query: { from: "{since}", to: "{until}" }
			records: data
			key: id
			paging: { type: next, next: next, next-param: page }
			""";

	private static final String IDS = """
			list: { path: /ids, query: { from: "{since}", to: "{until}" }, records: data, paging: { type: page, page-param: page } }
			path: /people/{id}
			key: id
			""";

	private static final String EXPORT = """
			export:
			  create: { path: /exports, body: { from: "{since}", to: "{until}" } }
			  poll: { path: /exports/7, done: [ done ] }
			  download: { path: /file, format: jsonl }
			delta: { settle: 10s }
			key: id
			""";

	private final Map<Long, Instant> source = new TreeMap<>();

	private String exported = "";

	@BeforeEach
	void reset() {
		API.now = NOW;
		API.requests.clear();
		API.answer(this::answer);
		this.source.put(1L, NOW.minusSeconds(100));
		this.source.put(2L, NOW.minusSeconds(50));
		this.source.put(3L, NOW.plusMillis(500));
	}

	@AfterAll
	static void stop() {
		API.close();
	}

	private ResponseDefinitionBuilder answer(Request request) {
		String path = request.getUrl().replaceFirst("\\?.*", "");
		if (path.equals("/exports")) {
			this.exported = String.join("\n", found(request));
			return HttpApi.json("{\"id\":7}");
		}
		if (path.equals("/exports/7")) {
			return HttpApi.json("{\"status\":\"done\"}");
		}
		if (path.equals("/file")) {
			return HttpApi.json(this.exported);
		}
		if (path.startsWith("/people")) {
			return HttpApi.json("{\"id\":%s}".formatted(path.substring("/people/".length())));
		}
		List<String> found = found(request);
		int page = Math.max(1, HttpApi.number(request, "page"));
		List<String> data = found.subList(Math.min(page - 1, found.size()), Math.min(page, found.size()));
		String next = (page < found.size()) ? String.valueOf(page + 1) : "null";
		return API
			.dated(HttpApi
				.json(path.equals("/numbered") ? data.toString() : "{\"data\":%s,\"next\":%s}".formatted(data, next)))
			.withHeader("Total", String.valueOf(found.size()));
	}

	private List<String> found(Request request) {
		Map<String, String> window = new TreeMap<>();
		Matcher fields = FIELD.matcher(request.getBodyAsString());
		while (fields.find()) {
			window.put(fields.group(1), fields.group(2));
		}
		for (String name : List.of("from", "to")) {
			if (HttpApi.text(request, name) != null) {
				window.put(name, HttpApi.text(request, name));
			}
		}
		List<String> found = new ArrayList<>();
		this.source.forEach((id, at) -> {
			if (!at.isBefore(Instant.parse(window.getOrDefault("from", "1970-01-01T00:00:00Z")))
					&& !at.isAfter(Instant.parse(window.getOrDefault("to", "2100-01-01T00:00:00Z")))) {
				found.add("{\"id\":%d}".formatted(id));
			}
		});
		return found;
	}

	private static AdapterRun run(String yaml, boolean full) {
		return API.kit(yaml).context(HttpApi.context().fullRun(full).build()).fetchOnce().run();
	}

	@ParameterizedTest
	@ValueSource(strings = { NUMBERED, CHAIN, IDS, EXPORT })
	void recordsThatChangedAfterTheEndOfTheWindowAreMet(String yaml) {
		AdapterRun run = run(yaml, true);

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.records()).extracting((found) -> found.get("id")).containsExactlyInAnyOrder(1L, 2L, 3L);
	}

	@ParameterizedTest
	@ValueSource(strings = { NUMBERED, EXPORT })
	void cursorStaysAtTheEndOfTheWindow(String yaml) {
		assertThat(run(yaml, true).cursor()).isEqualTo("time::2026-03-01T11:59:20Z");
	}

	@Test
	void recordThatChangesWhileTheChainIsReadIsMet() {
		API.answer((request) -> {
			if (HttpApi.number(request, "page") == 2) {
				API.now = NOW.plusSeconds(60);
				this.source.put(2L, API.now.minusSeconds(1));
			}
			return answer(request);
		});

		AdapterRun run = run(CHAIN, true);

		assertThat(run.records()).extracting((found) -> found.get("id")).contains(1L, 2L, 3L);
	}

	@ParameterizedTest
	@ValueSource(strings = { NUMBERED, CHAIN, IDS, EXPORT })
	void otherRunsEndWithTheirWindow(String yaml) {
		AdapterRun run = run(yaml, false);

		assertThat(run.records()).extracting((found) -> found.get("id")).containsExactlyInAnyOrder(1L, 2L);
	}

}
