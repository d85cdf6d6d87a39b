package io.deltasync.http.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Request;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Ids, and then the records that they name.
 */
class IdsThenRecordsTests {

	private static final HttpApi API = new HttpApi();

	private static final String PEOPLE = """
			list: { path: /people/ids, records: ids, paging: { type: page, page-param: page, size: 30 } }
			path: /people/{id}
			key: id
			""";

	@BeforeEach
	void reset() {
		API.requests.clear();
	}

	@AfterAll
	static void stop() {
		API.close();
	}

	private static ResponseDefinitionBuilder ids(Request request, int total) {
		int page = HttpApi.number(request, "page");
		return HttpApi.json("{\"ids\":%s,\"total\":%d}"
			.formatted(IntStream.range((page - 1) * 30, Math.min(page * 30, total)).boxed().toList(), total));
	}

	private static ResponseDefinitionBuilder people(Request request, int total, String... missing) {
		if (request.getUrl().startsWith("/people/ids")) {
			return ids(request, total);
		}
		String id = request.getUrl().substring("/people/".length());
		return Arrays.asList(missing).contains(id) ? WireMock.notFound() : HttpApi.json("{\"id\":%s}".formatted(id));
	}

	private static AdapterRun run(String yaml) {
		return API.kit(yaml).fetchOnce().run();
	}

	@Test
	void listIsPlannedPageByPageAndEachRecordIsAskedFor() {
		AdapterRun run = API.answer((request) -> people(request, 70)).kit(PEOPLE).run();

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.strategy()).isEqualTo("CUMULATIVE_SCOPES");
		assertThat(run.strategies()).hasSize(4);
		assertThat(run.records()).hasSize(70).extracting((found) -> found.get("id")).doesNotHaveDuplicates();
	}

	@Test
	void idWithoutARecordFailsAlone() {
		AdapterRun run = API.answer((request) -> people(request, 5, "3")).kit(PEOPLE).fetchOnce().run();

		assertThat(run.failures()).isEmpty();
		assertThat(run.records()).hasSize(5)
			.filteredOn(RecordInFlight::isFailed)
			.singleElement()
			.satisfies((missing) -> {
				assertThat(missing.key()).isEqualTo("3");
				assertThat(missing.errors()).singleElement().asString().contains("GET /people/3 has no such record");
			});
	}

	@Test
	void idWithoutARecordMayBeIgnoredOrDeleted() {
		API.answer((request) -> people(request, 2, "1"));

		assertThat(run(PEOPLE + "missing: ignore").records()).filteredOn(RecordInFlight::isIgnored).hasSize(1);
		assertThat(run(PEOPLE + "missing: delete").records())
			.filteredOn((found) -> found.operation() == Operation.DELETE)
			.extracting(RecordInFlight::key)
			.containsExactly("1");
	}

	@Test
	void failureOfOneRequestFailsItsScope() {
		API.answer((request) -> request.getUrl().equals("/people/3") ? WireMock.serverError() : people(request, 50));

		AdapterRun run = run(PEOPLE);

		assertThat(run.failures()).singleElement().asString().contains("GET /people/3");
		assertThat(run.records()).hasSizeBetween(30, 49);
	}

	@Test
	void severalIdsAreAskedForWithOneRequest() {
		API.answer((request) -> {
			if (request.getUrl().startsWith("/people/ids")) {
				return ids(request, 25);
			}
			List<String> found = new ArrayList<>(List.of(HttpApi.text(request, "ids").split(";")));
			found.remove("7");
			return HttpApi.json("{\"data\":[%s]}"
				.formatted(String.join(",", found.stream().map((id) -> "{\"id\":\"%s\"}".formatted(id)).toList())));
		});

		AdapterRun run = run("""
				list: { path: /people/ids, records: ids, paging: { type: page, page-param: page, size: 30 } }
				path: /people
				query: { ids: "{ids:;}" }
				ids-per-call: 10
				records: data
				key: id
				""");

		assertThat(run.records()).hasSize(25)
			.filteredOn(RecordInFlight::isFailed)
			.extracting(RecordInFlight::key)
			.containsExactly("7");
		assertThat(API.requests).filteredOn((request) -> request.startsWith("GET /people?")).hasSize(3);
	}

	@Test
	void idsOfObjectsAreTextsThatAreEncoded() {
		API.answer((request) -> request.getUrl().equals("/people/ids")
				? HttpApi.json("{\"ids\":[{\"ref\":{\"no\":\"a/b\"}}]}")
				: HttpApi.json("{\"id\":\"%s\"}".formatted(request.getUrl())));

		assertThat(run("""
				list: { path: /people/ids, records: ids, id: ref.no }
				path: /people/{id}
				key: id
				""").records()).singleElement()
			.satisfies((found) -> assertThat(found.get("id")).isEqualTo("/people/a%2Fb"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void recordsReceivePropertiesOfTheList(int perCall) {
		API.answer((request) -> request.getUrl().equals("/people/ids") ? HttpApi
			.json("{\"ids\":[{\"id\":1,\"team\":{\"name\":\"a\"}},{\"id\":2},{\"id\":3,\"team\":{\"name\":\"c\"}}]}")
				: HttpApi.json(Stream.of(request.getUrl().replaceFirst(".*/", "").split("%2C|,"))
					.map((id) -> "{\"id\":%s}".formatted(id))
					.collect(Collectors.joining(",", "[", "]"))));

		AdapterRun run = run("""
				list: { path: /people/ids, records: ids, properties: { team: team.name } }
				path: "/people/{ids}"
				ids-per-call: %d
				key: id
				""".formatted(perCall));

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.records()).extracting((found) -> found.get("id") + "=" + found.get("team"))
			.containsExactly("1=a", "2=null", "3=c");
	}

	@Test
	void propertiesOfTheListCannotReplaceThoseOfTheRecord() {
		API.answer((request) -> request.getUrl().equals("/people/ids") ? HttpApi.json("{\"ids\":[{\"id\":1}]}")
				: HttpApi.json("{\"id\":1,\"team\":\"a\"}"));

		assertThat(run(PEOPLE.replace("records: ids,", "records: ids, properties: { team: team },")
			.replace(", paging: { type: page, page-param: page, size: 30 }", "")).failures()).singleElement()
			.asString()
			.contains("GET /people/1 has a record with a property 'team' of its own; choose another name");
	}

	@Test
	void objectIsNoPropertyOfTheList() {
		API.answer((request) -> HttpApi.json("{\"ids\":[{\"id\":1,\"team\":{}}]}"));

		assertThatThrownBy(() -> run(PEOPLE.replace("records: ids,", "records: ids, properties: { team: team },")))
			.hasMessageContaining("has no single value for list.properties.team at 'team' of an element");
	}

	@Test
	void elementWithoutAnIdAbortsPlanning() {
		API.answer((request) -> HttpApi.json("{\"ids\":[{\"no\":1}]}"));

		assertThatThrownBy(() -> run(PEOPLE)).hasMessageContaining("has an element without an id at 'id'");
	}

	@Test
	void repeatedPageOfIdsAbortsPlanning() {
		API.answer((request) -> HttpApi.json("{\"ids\":[1,2,3]}"));

		assertThatThrownBy(() -> run(PEOPLE)).hasMessageContaining("repeats on page 2 the records of page 1");
	}

	@Test
	void numberOfIdsIsCompared() {
		API.answer((request) -> people(request, 70));
		String yaml = PEOPLE.replace("size: 30", "size: 30, total: total");

		assertThat(run(yaml).expectedTotalRecords()).isEqualTo(70);

		API.answer((request) -> (HttpApi.number(request, "page") > 2) ? HttpApi.json("{\"ids\":[],\"total\":70}")
				: people(request, 70));
		assertThatThrownBy(() -> run(yaml))
			.hasMessageContaining("says that there are 70 records, but 60 were on the 3 pages");
	}

}
