package io.deltasync.http.source;

import java.io.IOException;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.deltasync.api.RecordInFlight;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.source.answer.SourceCalls;
import io.deltasync.http.source.answer.StatusRule;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Statuses whose meaning is configured.
 */
class StatusesTests {

	private static final HttpApi API = new HttpApi();

	private static final String ORDERS = """
			path: /orders
			key: id
			no-records-status: [ 404, "400 error.code=empty" ]
			retry-status: [ 423, "400 error.code=busy" ]
			""";

	private static final String NUMBERED = ORDERS + "paging: { type: page, size: 2, page-param: page";

	private static final String PEOPLE = """
			list: { path: /ids }
			path: /people/{id}
			key: id
			no-records-status: [ 403, 404 ]
			""";

	@BeforeEach
	void reset() {
		API.requests.clear();
	}

	@AfterAll
	static void stop() {
		API.close();
	}

	private static AdapterRun run(String yaml) {
		return API.kit(yaml).fetchOnce().run();
	}

	private static ResponseDefinitionBuilder error(String code) {
		return HttpApi.json("{\"error\":{\"code\":\"%s\"}}".formatted(code)).withStatus(400);
	}

	@Test
	void configuredStatusMeansNoRecordsAndIsShown() {
		AdapterRun run = API.answer((request) -> WireMock.notFound()).kit(ORDERS).fetchOnce().run();

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.records()).isEmpty();
		assertThat(run.warnings()).singleElement()
			.asString()
			.contains("GET /orders answered with status 404, which means by no-records-status");
	}

	@Test
	void fieldDistinguishesAnswersWithTheSameStatus() {
		API.answer((request) -> error("empty"));
		assertThat(run(ORDERS).isSuccessful()).isTrue();

		API.answer((request) -> error("broken"));
		assertThat(run(ORDERS).failures()).singleElement()
			.asString()
			.contains("status 400 instead of 200, and: {\"error\":{\"code\":\"broken\"}}");

		API.answer((request) -> WireMock.badRequest().withBody("<html>"));
		assertThat(run(ORDERS).failures()).singleElement()
			.asString()
			.contains("status 400 instead of 200, and: <html>");
	}

	@Test
	void pagesWithATotalMayHaveNoRecords() {
		AdapterRun run = API.answer((request) -> WireMock.notFound())
			.kit(NUMBERED + ", total: total }")
			.fetchOnce()
			.run();

		assertThat(run.isSuccessful()).isTrue();
		assertThat(run.expectedTotalRecords()).isZero();
		assertThat(run.warnings()).hasSize(1);
	}

	@Test
	void pageThatMustHaveRecordsCannotBeMissing() {
		API.answer((request) -> (HttpApi.number(request, "page") == 2) ? WireMock.notFound()
				: HttpApi.json("{\"total\":3,\"items\":%s}".formatted(HttpApi.records(0, 2))));

		assertThat(run(NUMBERED + ", total: total }\nrecords: items").failures()).singleElement()
			.asString()
			.contains("has 0 records although page 2");
	}

	@Test
	void pagesMayEndWithTheStatus() {
		API.answer((request) -> (HttpApi.number(request, "page") > 2) ? WireMock.notFound() : HttpApi
			.json(HttpApi.records(HttpApi.number(request, "page") * 2, HttpApi.number(request, "page") * 2 + 2)));

		AdapterRun run = run(NUMBERED + " }");

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.records()).hasSize(4);
		assertThat(run.warnings()).isEmpty();
	}

	@Test
	void pageThatAnotherLeadsToCannotBeMissing() {
		API.answer((request) -> request.getUrl().contains("cursor") ? WireMock.notFound()
				: HttpApi.json("{\"next\":\"abc\",\"items\":[{\"id\":1}]}"));

		assertThat(run(ORDERS + "records: items\npaging: { type: next, next: next, next-param: cursor }").failures())
			.singleElement()
			.asString()
			.contains("has status 404 on page 2, which the page before it leads to");
	}

	@Test
	void hiddenRecordIsLeftOutWithTheReasonAndMissingOnesAreStillRejects() {
		API.answer((request) -> switch (request.getUrl()) {
			case "/ids" -> HttpApi.json("[1,2,3]");
			case "/people/1" -> WireMock.forbidden();
			case "/people/2" -> WireMock.notFound();
			default -> HttpApi.json("{\"id\":3}");
		});

		List<RecordInFlight> records = run(PEOPLE).records();

		assertThat(records).hasSize(3);
		assertThat(records.get(0).ignoreReason()).isEqualTo("the source answers with status 403");
		assertThat(records.get(1).errors()).singleElement().asString().contains("GET /people/2 has no such record");
		assertThat(records.get(2).isIgnored()).isFalse();
	}

	@Test
	void severalIdsWithOneAnswerAreLeftOutTogether() {
		API.answer((request) -> request.getUrl().equals("/ids") ? HttpApi.json("[1,2,3]") : WireMock.forbidden());

		assertThat(run(PEOPLE.replace("/people/{id}", "\"/people/{ids}\"") + "ids-per-call: 2").records()).hasSize(3)
			.allMatch(RecordInFlight::isIgnored);
	}

	@Test
	void listOfIdsMayBeMissing() {
		AdapterRun run = API.answer((request) -> WireMock.notFound()).kit(PEOPLE).fetchOnce().run();

		assertThat(run.isSuccessful()).isTrue();
		assertThat(run.warnings()).singleElement().asString().contains("GET /ids answered with status 404");
	}

	@Test
	void busyServerIsAFailureThatMayPass() {
		API.answer((request) -> error("busy"));
		SourceCalls calls = new SourceCalls(API.connection(),
				List.of(StatusRule.of("423"), StatusRule.of("400 error.code=busy")), List.of());

		assertThatThrownBy(() -> calls.send(HttpCall.get("/orders"))).isInstanceOf(IOException.class)
			.hasMessageContaining("GET /orders answered with status 400, which is one of retry-status");
	}

	@Test
	void exportIsCreatedOnceTheServerIsNoLongerBusy() {
		API.answer((request) -> request.getMethod().getName().equals("POST") ? WireMock.status(423)
				: HttpApi.json("{\"status\":\"done\"}"));

		assertThatThrownBy(() -> run("""
				export: { create: { path: /e }, poll: { path: /e, done: done }, download: { path: /e } }
				key: id
				retry-status: 423
				""")).hasMessageContaining("POST /e answered with status 423, which is one of retry-status");
	}

}
