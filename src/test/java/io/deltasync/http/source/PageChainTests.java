package io.deltasync.http.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.deltasync.testkit.AdapterKit;
import io.deltasync.api.RecordInFlight;
import io.deltasync.testkit.AdapterRun;
import io.deltasync.testkit.FailedScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Pages that lead from one to the next, and chains that do not end or end too early.
 */
class PageChainTests {

	private static final HttpApi API = new HttpApi();

	private static final String BY_LINK = """
			path: /tickets
			records: data
			key: id
			paging: { type: next, next: "header:Link" }
			""";

	private static final String BY_TOKEN = """
			path: /tickets
			query: { state: open }
			records: data
			key: id
			paging: { type: next, next: meta.next, next-param: cursor }
			""";

	private static final String BY_PAGE = """
			path: /tickets
			key: id
			paging: { type: page, page-param: page }
			""";

	@BeforeEach
	void reset() {
		API.requests.clear();
	}

	@AfterAll
	static void stop() {
		API.close();
	}

	private static ResponseDefinitionBuilder data(int from, int to, String meta) {
		return HttpApi.json("{\"data\":%s,\"meta\":{%s}}".formatted(HttpApi.records(from, to), meta));
	}

	private static ResponseDefinitionBuilder tokens(Request request, String... next) {
		String token = HttpApi.text(request, "cursor");
		int page = (token != null) ? Integer.parseInt(token.replaceAll("\\D", "")) : 0;
		return data(page * 10, page * 10 + 10, "\"next\":" + next[Math.min(page, next.length - 1)]);
	}

	private static AdapterRun run(String yaml) {
		return API.kit(yaml).fetchOnce().run();
	}

	private static String failure(AdapterRun run) {
		assertThat(run.failures()).hasSize(1);
		FailedScope failure = run.failures().get(0);
		return failure.toString();
	}

	private static void assertIds(AdapterRun run, int count) {
		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.records()).extracting((found) -> found.get("id"))
			.containsExactlyElementsOf(LongStream.range(0, count).boxed().toList());
	}

	@Test
	void linksOfTheHeaderAreFollowedAsTheyAre() {
		API.answer((request) -> {
			int page = HttpApi.number(request, "p");
			ResponseDefinitionBuilder answer = data(page * 10, page * 10 + 10, "");
			return (page == 2) ? answer
					: answer.withHeader("Link", "<%s/tickets?p=%d&x=a%%2Fb>; rel=\"next\", </tickets>; rel=\"first\""
						.formatted((page == 0) ? API.url() : "", page + 1));
		});

		AdapterRun run = API.kit(BY_LINK).run();

		assertIds(run, 30);
		assertThat(run.strategy()).isEqualTo("IMMEDIATE");
		assertThat(List.copyOf(API.requests)).startsWith("GET /tickets", "GET /tickets?p=1&x=a%2Fb",
				"GET /tickets?p=2&x=a%2Fb");
	}

	@Test
	void tokensAreParameters() {
		API.answer((request) -> tokens(request, "\"t1\"", "\"t2\"", "null"));

		assertIds(API.kit(BY_TOKEN).run(), 30);
		assertThat(API.requests).contains("GET /tickets?state=open&cursor=t2");
	}

	@Test
	void linkToAnotherServerIsNotFollowed() {
		API.answer((request) -> data(0, 10, "").withHeader("Link", "<http://127.0.0.1:9/tickets>; rel=next"));

		assertThatThrownBy(() -> run(BY_LINK)).hasMessageContaining("127.0.0.1:9");
	}

	@Test
	void repeatedTokenFails() {
		API.answer((request) -> tokens(request, "\"t1\"", "\"t2\"", "\"t2\""));

		assertThat(failure(run(BY_TOKEN))).contains("leads from page 3 back to an earlier page");
	}

	@Test
	void tokensThatGoRoundInACircleFail() {
		API.answer((request) -> tokens(request, "\"t1\"", "\"t2\"", "\"t3\"", "\"t4\"", "\"t5\"", "\"t3\""));

		AdapterRun run = run(BY_TOKEN);

		assertThat(failure(run)).contains("back to an earlier page");
		assertThat(API.requests).hasSizeLessThan(20);
	}

	@Test
	void repeatedPageFails() {
		API.answer((request) -> {
			String token = HttpApi.text(request, "cursor");
			return data(0, 10, "\"next\":\"%d\"".formatted((token != null) ? Integer.parseInt(token) + 1 : 1));
		});

		assertThat(failure(run(BY_TOKEN))).contains("repeats on page 2 the records of page 1");
	}

	@Test
	void chainThatIsTooLongFails() {
		API.answer((request) -> tokens(request, "\"t1\"", "\"t2\"", "\"t3\"", "\"t4\"", "null"));

		assertThat(failure(run(BY_TOKEN.replace("cursor }", "cursor, max-pages: 3 }"))))
			.contains("has another page after 3 pages");
	}

	@Test
	void tokenCountsOnlyIfThereIsMore() {
		API.answer((request) -> tokens(request, "\"t1\",\"more\":true", "\"t2\",\"more\":false"));

		assertIds(run(BY_TOKEN.replace("cursor }", "cursor, more: meta.more }")), 20);
	}

	@Test
	void missingSignOfMoreFails() {
		API.answer((request) -> tokens(request, "\"t1\""));

		assertThat(failure(run(BY_TOKEN.replace("cursor }", "cursor, more: meta.more }"))))
			.contains("has no field 'meta.more'");
	}

	@Test
	void moreWithoutATokenFails() {
		API.answer((request) -> tokens(request, "null,\"more\":true"));

		assertThat(failure(run(BY_TOKEN.replace("cursor }", "cursor, more: meta.more }"))))
			.contains("says that there is another page, but has no field 'meta.next'");
	}

	@Test
	void totalIsComparedAtTheLastPage() {
		API.answer((request) -> tokens(request, "\"t1\",\"total\":30", "\"t2\",\"total\":30", "null,\"total\":31"));
		String yaml = BY_TOKEN.replace("cursor }", "cursor, total: meta.total }");

		assertThat(failure(run(yaml))).contains("says that there are 31 records, but 30 were on the 3 pages");

		API.answer((request) -> tokens(request, "\"t1\",\"total\":30", "\"t2\",\"total\":30", "null,\"total\":30"));
		assertIds(run(yaml), 30);
	}

	@Test
	void totalThatChangesBetweenPagesFails() {
		API.answer((request) -> tokens(request, "\"t1\",\"total\":31", "\"t2\",\"total\":30", "null,\"total\":30"));

		assertThat(failure(run(BY_TOKEN.replace("cursor }", "cursor, total: meta.total }"))))
			.contains("says on page 2 that there are 30 records, but it were 31 on the pages before");
	}

	@Test
	void missingNextFieldIsAWarning() {
		API.answer((request) -> data(0, 10, ""));

		assertThat(run(BY_TOKEN).warnings()).singleElement().asString().contains("correct paging.next");
	}

	@Test
	void numberedPagesWithoutATotalEndWithAnEmptyOne() {
		// a short page in between is not the end
		API.answer((request) -> switch (HttpApi.number(request, "page")) {
			case 1 -> HttpApi.json(HttpApi.records(0, 10));
			case 2 -> HttpApi.json(HttpApi.records(10, 13));
			case 3 -> HttpApi.json(HttpApi.records(13, 20));
			default -> HttpApi.json("[]");
		});

		assertIds(run(BY_PAGE), 20);
	}

	@Test
	void lastPageThatIsRepeatedForEverFails() {
		API.answer((request) -> HttpApi
			.json((HttpApi.number(request, "page") == 1) ? HttpApi.records(0, 10) : HttpApi.records(10, 20)));

		assertThat(failure(run(BY_PAGE))).contains("repeats on page 3 the records of page 2");
	}

	@Test
	void singleAnswerIsOnePage() {
		API.answer((request) -> HttpApi.json(HttpApi.records(0, 10)));

		assertIds(run("""
				path: /tickets
				key: id
				"""), 10);
	}

	@Test
	void recordsThatHaveNotChangedAreLeftOut() {
		API.answer((request) -> HttpApi.json("""
				[{"id":1,"at":"2026-03-01"},{"id":2,"at":"2026-02-28"},{"id":3},{"id":4,"at":"2026-03-02"}]"""));
		String yaml = """
				path: /tickets
				key: id
				delta: { property: at, format: date }
				""";
		AdapterRun first = run(yaml);

		AdapterRun next = API.kit(yaml)
			.context(first.nextContext(HttpApi.context().build().runTimestamp().plusSeconds(60)))
			.fetchOnce()
			.run();

		assertThat(first.records()).hasSize(4);
		assertThat(next.records()).extracting((found) -> found.get("id")).containsExactly(1L, 3L, 4L);
	}

	@Test
	void timeThatCannotBeReadFails() {
		API.answer((request) -> HttpApi.json("[{\"id\":1,\"at\":\"soon\"}]"));
		String yaml = """
				path: /tickets
				key: id
				delta: { property: at, start: "2026-01-01T00:00:00Z" }
				""";

		assertThat(failure(run(yaml))).contains("'soon' is not a time in the format iso; correct delta.format");
	}

	@Test
	void bodyIsSentAsJson() {
		API.answer((request) -> HttpApi.json("[{\"id\":%d}]".formatted(request.getBodyAsString().length())));

		AdapterRun run = run("""
				path: /search
				method: POST
				body: { from: "{since:epoch-seconds}", filter: { states: [ open, "{{x}}" ], size: 10 } }
				key: id
				delta: { start: "1970-01-01T00:00:07Z" }
				""");

		assertThat(run.records()).singleElement()
			.satisfies((found) -> assertThat(found.get("id"))
				.isEqualTo((long) "{\"from\":7,\"filter\":{\"states\":[\"open\",\"{x}\"],\"size\":10}}".length()));
	}

	@Test
	void bodyIsSentAsAFormIfTheHeadersSaySo() {
		API.answer((request) -> HttpApi
			.json("[{\"id\":\"%s %s\"}]".formatted(request.getHeader("Content-Type"), request.getBodyAsString())));

		AdapterRun run = run("""
				path: /search
				method: POST
				headers: { Content-Type: application/x-www-form-urlencoded }
				body: { from: "{since:epoch-seconds}", b: "x&y=z", size: 10 }
				key: id
				delta: { start: "1970-01-01T00:00:07Z" }
				""");

		assertThat(run.records()).singleElement()
			.satisfies((found) -> assertThat(found.get("id").toString()).startsWith("application/x-www-form-urlencoded")
				.endsWith(" from=7&b=x%26y%3Dz&size=10"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			text/plain; charset=UTF-8         |                                   | a<"&é
			text/xml; charset=UTF-8           | text/xml; charset=utf-8           | a&lt;&quot;&amp;é
			application/json                  | application/json                  | a<\\"&é
			application/x-www-form-urlencoded | application/x-www-form-urlencoded | a%3C%22%26%C3%A9
			""")
	void bodyIsATextInWhichValuesAreEncodedForItsType(String sent, String header, String value) {
		List<String> bodies = new ArrayList<>();
		API.answer((request) -> {
			bodies.add(request.getHeader("Content-Type") + " " + request.getBodyAsString());
			return HttpApi.json((bodies.size() > 1) ? "{\"items\":[{\"id\":2}],\"next\":null}"
					: "{\"items\":[{\"id\":1}],\"next\":\"a<\\\"&é\"}");
		});

		AdapterRun run = run("""
				path: /search
				method: POST
				headers: { %s }
				body-text: "from {since:epoch-seconds}, {{after}} {cursor}!"
				records: items
				key: id
				delta: { start: "1970-01-01T00:00:07Z" }
				paging: { type: next, next: next }
				""".formatted((header != null) ? "Content-Type: \"" + header + "\"" : "X: y"));

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(bodies).containsExactly(sent + " from 7, {after} !", sent + " from 7, {after} " + value + "!");
	}

	@Test
	void recordsReceivePropertiesOfTheElementAroundThem() {
		API.answer((request) -> HttpApi.json("{\"orders\":[{\"number\":7,\"lines\":[{\"line\":1},{\"line\":2}]}]}"));

		AdapterRun run = run("""
				path: /a
				key: [ order_no, line ]
				records: "orders[*].lines"
				parent: { order_no: number }
				""");

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.records()).extracting(RecordInFlight::key).containsExactly("7,1", "7,2");
	}

	@Test
	void recordsAreReadFromNestedArrays() {
		API.answer((request) -> HttpApi.json("{\"data\":[{\"items\":%s},{\"items\":[]},{\"items\":%s}]}"
			.formatted(HttpApi.records(0, 2), HttpApi.records(2, 3))));

		AdapterRun run = run("path: /a\nkey: id\nrecords: \"data[*].items\"");

		assertThat(run.records()).extracting((found) -> found.get("id")).containsExactly(0L, 1L, 2L);
	}

	@Test
	void serverThatFailsWithoutATimeIsNotReadByOurOwn() {
		API.status = 503;
		Instant before = API.now;
		API.now = null;

		AdapterKit kit = API.kit("path: /a\nkey: id\nquery: { from: \"{since}\" }").fetchOnce();

		Throwable thrown = catchThrowable(kit::run);

		API.now = before;
		API.status = 200;
		assertThat(thrown).hasStackTraceContaining("answered with status 503 and without the header Date");
	}

	@Test
	void recordAfterTheEndOfAWindowWithALowerBoundOnlyIsDeliveredByBothRuns() {
		// it changes while the first run reads
		Instant changed = API.now.plusSeconds(5);
		API.answer((request) -> {
			String from = HttpApi.text(request, "from");
			return HttpApi.json((from == null || !changed.isBefore(Instant.parse(from))) ? "[{\"id\":1}]" : "[]");
		});
		String yaml = "path: /a\nkey: id\nquery: { from: \"{since}\" }";

		AdapterRun first = run(yaml);
		AdapterRun next = API.kit(yaml)
			.context(first.nextContext(HttpApi.context().build().runTimestamp().plusSeconds(60)))
			.fetchOnce()
			.run();

		assertThat(first.cursor()).as("the planned end").isEqualTo("time::" + API.now);
		assertThat(first.records()).hasSize(1);
		assertThat(next.records()).hasSize(1);
	}

	@Test
	void sourceThatDoesNotSayItsTimeIsReadByOurOwn() {
		API.answer((request) -> HttpApi.json("[{\"id\":1}]"));
		Instant before = API.now;
		API.now = null;

		AdapterRun run = run("path: /a\nkey: id\nquery: { from: \"{since}\" }");

		API.now = before;
		assertThat(run.warnings()).singleElement().asString().contains("does not say what time it is");
		assertThat(run.cursor()).isEqualTo("time::2026-03-01T12:00:00Z");
	}

}
