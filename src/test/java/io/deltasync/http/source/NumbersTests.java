package io.deltasync.http.source;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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
 * Changes by a number that grows with each change.
 */
class NumbersTests {

	private static final HttpApi API = new HttpApi();

	private static final String SINCE = """
			path: /orders
			query: { after: "{since}" }
			key: id
			delta: { property: version, format: number, overlap-numbers: 2 }
			paging: { type: since, size: 3 }
			""";

	private static final String TOKEN = SINCE.replace("paging: { type: since, size: 3 }",
			"records: data\npaging: { type: next, next: next, next-param: page }");

	/** The ids by their versions. */
	private final TreeMap<Long, Long> source = new TreeMap<>();

	private boolean inclusive;

	@BeforeEach
	void reset() {
		API.requests.clear();
		API.answer(this::answer);
		LongStream.rangeClosed(1, 10).forEach((id) -> this.source.put(id * 10, id));
	}

	@AfterAll
	static void stop() {
		API.close();
	}

	private ResponseDefinitionBuilder answer(Request request) {
		long after = (HttpApi.text(request, "after") != null) ? HttpApi.number(request, "after") : -1;
		int page = HttpApi.number(request, "page");
		String found = json(this.source.tailMap(after, this.inclusive).entrySet().stream().skip(page * 3L).limit(3));
		return HttpApi.json(request.getUrl().startsWith("/data")
				? "{\"data\":%s,\"next\":%s}".formatted(found, (page < 3) ? page + 1 : null) : found);
	}

	private static String json(Stream<Map.Entry<Long, Long>> records) {
		return records.map((entry) -> "{\"id\":%d,\"version\":%d}".formatted(entry.getValue(), entry.getKey()))
			.collect(Collectors.joining(",", "[", "]"));
	}

	private static AdapterRun run(String yaml, String cursor) {
		return API.kit(yaml).context(HttpApi.context().lastSuccessfulCursor(cursor).build()).fetchOnce().run();
	}

	private static String failure(String yaml) {
		AdapterRun run = run(yaml, null);
		assertThat(run.failures()).hasSize(1);
		return run.failures().get(0).toString();
	}

	private static Stream<Object> ids(AdapterRun run) {
		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		return run.records().stream().map((found) -> found.get("id")).distinct();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nextPageIsReadFromTheHighestNumberWhichIsTheCursor(boolean included) {
		this.inclusive = included;

		AdapterRun run = run(SINCE, null);

		assertThat(ids(run)).hasSize(10);
		assertThat(run.cursor()).isEqualTo("number:version:100");
		assertThat(API.requests).startsWith("GET /orders", "GET /orders?after=30");
	}

	@Test
	void nextRunBeginsWithTheOverlap() {
		AdapterRun run = run(SINCE, "number:version:80");

		assertThat(ids(run)).containsExactly(8L, 9L, 10L);
		assertThat(API.requests).startsWith("GET /orders?after=78", "GET /orders?after=100");
	}

	@Test
	void cursorStaysIfThereIsNoRecord() {
		assertThat(run(SINCE, "number:version:1000").cursor()).isNull();
		assertThat(run(SINCE.replace("numbers: 2", "numbers: 2000"), "number:version:1000").cursor())
			.isEqualTo("number:version:100");
	}

	@Test
	void everythingIsReadFromTheStart() {
		AdapterRun run = run(SINCE.replace("numbers: 2", "numbers: 2, start-number: 50"), null);

		assertThat(ids(run)).containsExactly(6L, 7L, 8L, 9L, 10L);
	}

	@Test
	void recordThatGetsANewNumberWhilePagesAreReadIsMet() {
		API.answer((request) -> {
			if (HttpApi.number(request, "after") == 30) {
				this.source.remove(20L);
				this.source.remove(50L);
				this.source.put(110L, 2L);
				this.source.put(120L, 5L);
			}
			return answer(request);
		});

		AdapterRun run = run(SINCE, null);

		assertThat(ids(run)).hasSize(10);
		assertThat(run.records()).extracting((found) -> found.get("version")).contains(110L, 120L);
		assertThat(run.cursor()).isEqualTo("number:version:120");
	}

	@Test
	void pagesThatAreNotSortedFail() {
		API.answer((request) -> HttpApi.json("[{\"id\":1,\"version\":7},{\"id\":2,\"version\":5}]"));

		assertThat(failure(SINCE)).contains("has a record whose 'version' is 5 after one with 7")
			.contains("have the API sort by 'version', the lowest first");
	}

	@Test
	void tokensLeadToPagesThatAreSortedTogether() {
		assertThat(run(TOKEN.replace("/orders", "/data"), null).cursor()).isEqualTo("number:version:100");

		API.answer((request) -> HttpApi
			.json("{\"data\":[{\"id\":%d,\"version\":%d}],\"next\":%s}".formatted(HttpApi.number(request, "page"),
					9 - HttpApi.number(request, "page"), (HttpApi.number(request, "page") < 2) ? "2" : "null")));
		assertThat(failure(TOKEN)).contains("has a record whose 'version' is 7 after one with 9");
	}

	@Test
	void moreRecordsOfOneNumberThanAPageHasFail() {
		API.answer((request) -> HttpApi.json((HttpApi.number(request, "after") == 0)
				? "[{\"id\":1,\"version\":6},{\"id\":2,\"version\":7},{\"id\":3,\"version\":7}]"
				: "[{\"id\":2,\"version\":7},{\"id\":3,\"version\":7},{\"id\":4,\"version\":7}]"));

		assertThat(failure(SINCE)).contains("has 3 records with the number 7 and none above it")
			.contains("paging.size");
	}

	@Test
	void singleAnswerNeedNotBeSortedAndOlderRecordsAreLeftOut() {
		API.answer((request) -> HttpApi
			.json("[{\"id\":1,\"version\":7},{\"id\":2,\"version\":5},{\"id\":3},{\"id\":4,\"version\":\"4\"}]"));

		AdapterRun run = run("path: /a\nkey: id\ndelta: { property: version, format: number, overlap-numbers: 0 }",
				"number:version:5");

		assertThat(ids(run)).containsExactly(1L, 2L, 3L);
		assertThat(run.cursor()).isEqualTo("number:version:7");
	}

	@Test
	void valueThatIsNoNumberFails() {
		API.answer((request) -> HttpApi.json("[{\"id\":1,\"version\":\"x7\"}]"));

		assertThat(failure(SINCE)).contains("whose 'version' cannot be read: 'x7' is not a whole number");
	}

	@Test
	void pageWithoutNumbersFails() {
		API.answer((request) -> HttpApi.json("[{\"id\":1}]"));

		assertThat(failure(SINCE)).contains("has no record with a number").contains("correct delta.property");
	}

	@Test
	void cursorOfAnotherDeltaIsReadOver() {
		AdapterRun run = run(SINCE, "time:version:2026-03-01T11:59:30Z");

		assertThat(ids(run)).hasSize(10);
		assertThat(run.warnings()).singleElement().asString().contains("is not one of this delta");
	}

}
