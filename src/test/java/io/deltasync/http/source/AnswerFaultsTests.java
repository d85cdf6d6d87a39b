package io.deltasync.http.source;

import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that are not what was asked for. None of them counts as an answer without
 * records.
 */
class AnswerFaultsTests {

	private static final HttpApi API = new HttpApi();

	private static final String ORDERS = """
			path: /orders
			records: data.items
			key: id
			fail-when: [ error, status=failed ]
			max-record-size: 1KB
			""";

	@AfterAll
	static void stop() {
		API.close();
	}

	static Stream<Arguments> faults() {
		return Stream.of(
				fault("HTML", WireMock.ok("<html>log in</html>").withHeader("Content-Type", "text/html"),
						"answered with text/html instead of JSON"),
				fault("HTML as JSON", HttpApi.json("<html>log in</html>"), "is not JSON"),
				fault("empty", HttpApi.json(""), "is empty"),
				fault("204", WireMock.noContent(), "answered with status 204 instead of 200"),
				fault("401", WireMock.unauthorized(), "answered with status 401"),
				fault("403", WireMock.forbidden().withBody("no"), "answered with status 403 instead of 200, and: no"),
				fault("404", WireMock.notFound(), "there is no such place"),
				fault("500", WireMock.serverError(), "status 500"),
				fault("truncated in a record", HttpApi.json("{\"data\":{\"items\":[{\"id\":1},{\"id\""), "is not JSON"),
				fault("truncated after the records", HttpApi.json("{\"data\":{\"items\":[{\"id\":1}]"), "is not JSON"),
				fault("no records", HttpApi.json("{\"data\":{}}"), "has no field 'data.items'"),
				fault("null", HttpApi.json("{\"data\":{\"items\":null}}"), "has null at 'data.items'"),
				fault("a list of texts", HttpApi.json("{\"data\":{\"items\":[\"a\"]}}"),
						"has a record that is no object"),
				fault("an error with 200", HttpApi.json("{\"data\":{\"items\":[]},\"error\":\"overloaded\"}"),
						"is an error by 'fail-when', because 'error' is: overloaded"),
				fault("a state with 200", HttpApi.json("{\"status\":\"failed\",\"data\":{\"items\":[]}}"),
						"because 'status' is: failed"),
				fault("a long record",
						HttpApi.json("{\"data\":{\"items\":[{\"id\":1,\"x\":[" + "1,".repeat(2000) + "1]}]}}"),
						"raise max-record-size"),
				fault("a broken connection", WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "/orders"),
				fault("garbage", WireMock.aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE), "/orders"),
				fault("a body that breaks off", WireMock.aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
						"/orders"),
				fault("a body that is shorter than announced",
						HttpApi.json("{\"data\":{\"items\":[]}}").withHeader("Content-Length", "100"), "/orders"),
				fault("a long time", HttpApi.json("{\"data\":{\"items\":[]}}").withFixedDelay(4000), "/orders"));
	}

	private static Arguments fault(String name, ResponseDefinitionBuilder answer, String message) {
		return Arguments.of(name, answer, message);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("faults")
	void runFailsAndNamesTheRequest(String name, ResponseDefinitionBuilder answer, String message) {
		AdapterRun run = API.answer((request) -> answer).kit(ORDERS).fetchOnce().run();

		assertThat(run.failures()).singleElement().asString().contains("/orders").contains(message);
		assertThat(run.isSuccessful()).isFalse();
	}

	@Test
	void harmlessFieldsAreNoErrors() {
		API.answer((request) -> HttpApi.json("{\"data\":{\"items\":[{\"id\":1}]},\"error\":false,\"status\":\"ok\"}"));

		assertThat(API.kit(ORDERS).run().records()).hasSize(1);
	}

	@Test
	void longRetryAfterInPlanningIsADelay() {
		String yaml = """
				path: /orders
				key: id
				paging: { type: page, size: 10, page-param: page, total: "header:T" }
				""";
		API.requests.clear();
		API.answer((request) -> (API.requests.size() == 1) ? WireMock.status(429).withHeader("Retry-After", "90")
				: HttpApi.json(HttpApi.records(0, 10)).withHeader("T", "10"));

		AdapterRun run = API.kit(yaml).fetchOnce().run();

		assertThat(run.strategies()).containsExactly("DELAY", "SCOPES");
		assertThat(run.answers().get(0)).hasToString("Delay[minutes=2, scope=Again[], expectedTotalRecords=null]");
		assertThat(run.records()).hasSize(10);
	}

	@Test
	void longRetryAfterInFetchingFailsTheScope() {
		API.answer((request) -> WireMock.status(429).withHeader("Retry-After", "90"));

		assertThat(API.kit(ORDERS).fetchOnce().run().failures()).singleElement().asString().contains("/orders");
	}

}
