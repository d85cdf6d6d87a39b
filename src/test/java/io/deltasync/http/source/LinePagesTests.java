package io.deltasync.http.source;

import java.util.List;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages in CSV and JSON lines.
 */
class LinePagesTests {

	private static final HttpApi API = new HttpApi();

	private static final String CSV = """
			path: /orders
			format: csv
			key: id
			paging: { type: page, page-param: page }
			""";

	private static final String NUMBERED = CSV.replace("page }", "page, size: 2, total: \"header:Total\" }");

	private static final String LINES = CSV.replace("csv", "jsonl");

	@BeforeEach
	void reset() {
		API.requests.clear();
	}

	@AfterAll
	static void stop() {
		API.close();
	}

	private static ResponseDefinitionBuilder csv(String body) {
		return WireMock.aResponse().withStatus(200).withHeader("Content-Type", "text/csv").withBody(body);
	}

	/** Answers with pages of two, and without records after the last one. */
	private static void answerPages(int count) {
		API.answer((request) -> {
			int first = HttpApi.number(request, "page") * 2 - 1;
			StringBuilder body = new StringBuilder("id,name\n");
			IntStream.rangeClosed(first, Math.min(first + 1, count))
				.forEach((id) -> body.append(id).append(",\"a\nb\"\n"));
			return csv(body.toString()).withHeader("Total", String.valueOf(count));
		});
	}

	private static AdapterRun run(String yaml) {
		return API.kit(yaml).fetchOnce().run();
	}

	private static String failure(String yaml) {
		AdapterRun run = run(yaml);
		assertThat(run.failures()).hasSize(1);
		return run.failures().get(0).toString();
	}

	private static List<Object> ids(AdapterRun run) {
		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		return run.records().stream().map((found) -> found.get("id")).toList();
	}

	@Test
	void pagesOfCsvEndWithOneThatHasAHeaderOnly() {
		answerPages(3);

		AdapterRun run = run(CSV);

		assertThat(ids(run)).containsExactly("1", "2", "3");
		assertThat(run.records().get(0).get("name")).isEqualTo("a\nb");
	}

	@Test
	void pagesOfCsvAreReadInParallelIfAHeaderHasTheTotal() {
		answerPages(5);

		AdapterRun run = API.kit(NUMBERED).run();

		assertThat(run.strategy()).isEqualTo("SCOPES");
		assertThat(ids(run)).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
	}

	@Test
	void pagesOfJsonLinesLeadToTheNextByAHeader() {
		API.answer((request) -> {
			int page = HttpApi.number(request, "p");
			ResponseDefinitionBuilder answer = csv("{\"id\":%d}\n{\"id\":%d}".formatted(page * 2, page * 2 + 1))
				.withHeader("Content-Type", "application/x-ndjson");
			return (page == 1) ? answer : answer.withHeader("Link", "</orders?p=1>; rel=\"next\"");
		});

		assertThat(ids(run(LINES.replace("page, page-param: page", "next, next: \"header:Link\"")))).containsExactly(0L,
				1L, 2L, 3L);
	}

	@Test
	void emptyAnswerIsAPageOfJsonLinesButNotOfCsv() {
		API.answer((request) -> csv((HttpApi.number(request, "page") == 1) ? "{\"id\":1}\n" : ""));
		assertThat(failure(LINES)).contains("answered with text/csv instead of JSONL");

		API.answer((request) -> csv((HttpApi.number(request, "page") == 1) ? "{\"id\":1}\n" : "")
			.withHeader("Content-Type", "text/plain"));
		assertThat(ids(run(LINES))).containsExactly(1L);

		API.answer((request) -> csv((HttpApi.number(request, "page") == 1) ? "id\n1\n" : ""));
		assertThat(failure(CSV))
			.contains("The answer of GET /orders?page=2 is empty, although CSV without records has a header");
	}

	@Test
	void pageThatBreaksOffFails() {
		API.answer((request) -> csv("id,name\n1,a\n2"));
		assertThat(failure(CSV)).contains("ends with a line that cannot be read, so it may have been cut off: line 3");

		API.answer((request) -> csv("{\"id\":1}\n{\"id\":").withHeader("Content-Type", "text/plain"));
		assertThat(failure(LINES)).contains("may have been cut off: line 2");
	}

	@Test
	void lineThatCannotBeReadIsARejectAndCountsAsARecord() {
		API.answer((request) -> csv((HttpApi.number(request, "page") == 1) ? "id,name\n1\n2\n3,c\n" : "id,name\n4,d\n")
			.withHeader("Total", "4"));

		AdapterRun run = run(NUMBERED.replace("size: 2", "size: 3"));

		assertThat(run.failures()).as("the pages are complete").isEmpty();
		assertThat(run.records()).filteredOn((found) -> found.get("id") == null).hasSize(2);
		assertThat(run.records()).extracting((found) -> found.get("id")).contains("3", "4");
	}

	@Test
	void errorInsteadOfCsvIsNoPageWithoutRecords() {
		API.answer((request) -> csv("The service is busy").withHeader("Content-Type", "text/plain"));
		assertThat(failure(CSV)).contains("has no column 'id' in its header, but: The service is busy");

		API.answer((request) -> HttpApi.json("{\"error\":1}"));
		assertThat(failure(CSV)).contains("answered with application/json instead of CSV");
	}

	@Test
	void headerThatCannotBeReadFails() {
		API.answer((request) -> csv("id,id\n1,2\n"));

		assertThat(failure(CSV)).contains("The answer of GET /orders?page=1 cannot be read: line 1:")
			.contains("the header has the name 'id' twice");
	}

	@Test
	void columnCanSayThatAnAnswerIsAnError() {
		API.answer((request) -> csv("id,error\n1,broken\n"));

		assertThat(failure(CSV + "fail-when: error"))
			.contains("is an error by 'fail-when', because 'error' is: broken");
	}

	@Test
	void formatIsAskedForUnlessAHeaderSaysOtherwise() {
		API.answer((request) -> csv("id\n%s\n".formatted(request.getHeader("Accept").replace(",", ""))));

		assertThat(ids(run("path: /a\nkey: id\nformat: csv"))).containsExactly("text/csv */*;q=0.5");
		assertThat(ids(run("path: /a\nkey: id\nformat: csv\nheaders: { accept: text/plain }")))
			.containsExactly("text/plain");
	}

}
