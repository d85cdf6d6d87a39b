package io.deltasync.http.source;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.http.source.options.HttpSourceOptions;
import io.deltasync.testkit.AdapterKit;
import io.deltasync.testkit.AdapterRun;
import io.deltasync.testkit.FailedScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Pages whose number the API says, and what becomes of a run in which they are not what
 * it said.
 */
class NumberedPagesTests {

	private static final String ORDERS = """
			path: /orders
			query: { updated_at_gte: "{since}", updated_at_lte: "{until}", _sort: id }
			records: ""
			key: id
			delta: { property: updated_at, format: iso }
			paging: { type: page, page-param: _page, size-param: _limit, size: 10, total: "header:X-Total-Count" }
			""";

	private static final HttpApi API = new HttpApi();

	/** A page as a correct API answers it. */
	private static ResponseDefinitionBuilder page(Request request, int total) {
		int page = HttpApi.number(request, "_page");
		int size = HttpApi.number(request, "_limit");
		return HttpApi.json(HttpApi.records((page - 1) * size, Math.min(page * size, total)))
			.withHeader("X-Total-Count", String.valueOf(total));
	}

	private static int page(Request request) {
		return HttpApi.number(request, "_page");
	}

	private AdapterRun run(String yaml) {
		return API.kit(yaml).fetchOnce().run();
	}

	private static List<String> failures(AdapterRun run) {
		return run.failures().stream().map(FailedScope::toString).toList();
	}

	@BeforeEach
	void reset() {
		API.requests.clear();
	}

	@AfterAll
	static void stop() {
		API.close();
	}

	@Test
	void eachPageIsAScopeAndAllRecordsCome() {
		AdapterRun run = API.answer((request) -> page(request, 25)).kit(ORDERS).run();

		assertThat(run.isSuccessful()).as(failures(run).toString()).isTrue();
		assertThat(run.strategy()).isEqualTo("SCOPES");
		assertThat(run.expectedTotalRecords()).isEqualTo(25);
		assertThat(run.records()).extracting((found) -> found.get("id"))
			.containsExactlyElementsOf(LongStream.range(0, 25).boxed().toList());
		assertThat(run.cursor()).isEqualTo("time:updated_at:2026-03-01T11:59:30Z");
		assertThat(API.requests).first()
			.isEqualTo("GET /orders?updated_at_lte=2026-03-01T11%3A59%3A30Z&_sort=id&_page=1&_limit=10");
	}

	@Test
	void nextRunAsksForChangesWithOverlap() {
		API.answer((request) -> page(request, 25));
		AdapterRun first = run(ORDERS);
		API.requests.clear();

		API.kit(ORDERS)
			.context(first.nextContext(HttpApi.context().build().runTimestamp().plusSeconds(60)))
			.fetchOnce()
			.run();

		assertThat(API.requests).first().asString().contains("updated_at_gte=2026-03-01T11%3A58%3A30Z");
	}

	@Test
	void noRecordsIsASuccess() {
		assertThat(API.answer((request) -> page(request, 0)).kit(ORDERS).run().strategy()).isEqualTo("NO_RECORDS");
	}

	@Test
	void offsetCountsRecords() {
		API.answer((request) -> HttpApi.json("{\"total\":25,\"data\":%s}".formatted(HttpApi
			.records(HttpApi.number(request, "start"), Math.min(HttpApi.number(request, "start") + 10, 25)))));

		AdapterRun run = run("""
				path: /orders
				records: data
				key: id
				paging: { type: offset, offset-param: start, size: 10, total: total }
				""");

		assertThat(run.isSuccessful()).as(failures(run).toString()).isTrue();
		assertThat(run.records()).hasSize(25);
		assertThat(API.requests).contains("GET /orders?start=20");
	}

	@Test
	void ignoredPageNumberFailsEachFurtherPage() {
		API.answer((request) -> HttpApi.json(HttpApi.records(0, 10)).withHeader("X-Total-Count", "30"));

		assertThat(failures(run(ORDERS))).hasSize(2)
			.allSatisfy((failure) -> assertThat(failure).contains("the records of page 1")
				.contains("correct paging.page-param"));
	}

	@Test
	void repeatedLastPageFails() {
		API.answer((request) -> (page(request) < 3) ? page(request, 30)
				: HttpApi.json(HttpApi.records(10, 20)).withHeader("X-Total-Count", "30"));

		assertThat(failures(run(ORDERS))).singleElement().asString().contains("on page 3 that page 2 has too");
	}

	@Test
	void pagesThatShiftFail() {
		// one record was removed from the first page before the third was read, and one
		// came at the end: the total is the same
		API.answer((request) -> (page(request) < 3) ? page(request, 30)
				: HttpApi.json(HttpApi.records(19, 29)).withHeader("X-Total-Count", "30"));

		AdapterRun run = run(ORDERS);

		assertThat(failures(run)).singleElement()
			.asString()
			.contains("GET /orders?")
			.contains("_page=3")
			.contains("has records on page 3 that page 2 has too; records were added, removed or changed");
		assertThat(run.cursor()).isNull();
	}

	@Test
	void changedTotalFailsFromThePageOn() {
		API.answer((request) -> page(request, (page(request) < 3) ? 30 : 29));

		assertThat(failures(run(ORDERS))).singleElement()
			.asString()
			.contains("says on page 3 that there are 29 records, but it were 30 before the first page");
	}

	@Test
	void shortPageFails() {
		API.answer((request) -> (page(request) != 2) ? page(request, 30)
				: HttpApi.json(HttpApi.records(10, 19)).withHeader("X-Total-Count", "30"));

		assertThat(failures(run(ORDERS))).singleElement().asString().contains("has 9 records although page 2");
	}

	@Test
	void totalThatIsTooHighFails() {
		API.answer(
				(request) -> HttpApi.json(HttpApi.records((page(request) - 1) * 10, Math.min(page(request) * 10, 25)))
					.withHeader("X-Total-Count", "30"));

		assertThat(failures(run(ORDERS))).singleElement().asString().contains("has 5 records although page 3");
	}

	@Test
	void sizeThatTheApiDoesNotTakeIsRefused() {
		API.answer((request) -> HttpApi.json(HttpApi.records(0, 5)).withHeader("X-Total-Count", "30"));

		assertThatThrownBy(() -> run(ORDERS))
			.hasMessageContaining("has 5 records although it should have 10: the API does not take this size");
	}

	@Test
	void missingAndMalformedTotalIsRefused() {
		API.answer((request) -> HttpApi.json(HttpApi.records(0, 5)));
		assertThatThrownBy(() -> run(ORDERS)).hasMessageContaining("has no number of records at header X-Total-Count");

		API.answer((request) -> HttpApi.json(HttpApi.records(0, 5)).withHeader("X-Total-Count", "many"));
		assertThatThrownBy(() -> run(ORDERS)).hasMessageContaining("has 'many' at header X-Total-Count");
	}

	@Test
	void keyThatIsNotUniqueFails() {
		API.answer((request) -> HttpApi.json("[{\"id\":1},{\"id\":1}]").withHeader("X-Total-Count", "2"));

		assertThat(failures(run(ORDERS))).singleElement().asString().contains("correct 'key'");
	}

	@Test
	void recordWithoutItsKeyFailsAlone() {
		API.answer((request) -> HttpApi.json("[{\"id\":1},{\"name\":\"a\"}]").withHeader("X-Total-Count", "2"));

		AdapterRun run = run(ORDERS);

		assertThat(run.failures()).isEmpty();
		assertThat(run.records()).filteredOn(RecordInFlight::isFailed)
			.singleElement()
			.satisfies((found) -> assertThat(found.errors()).containsExactly("has no value of the key 'id'"));
	}

	@Test
	void windowWithTooManyResultsIsReadInHalves() {
		// one record for each second of the window
		API.answer((request) -> {
			long from = Instant.parse(HttpApi.text(request, "from")).getEpochSecond();
			long to = Instant.parse(HttpApi.text(request, "to")).getEpochSecond();
			int total = Math.toIntExact(Math.min(to - from + 1, 50));
			long first = from - 1_700_000_000L + (page(request) - 1) * 10L;
			long last = Math.min(first + 10, from - 1_700_000_000L + total);
			return HttpApi.json(HttpApi.records((int) first, (int) last))
				.withHeader("X-Total-Count", String.valueOf(total));
		});

		AdapterRun run = run("""
				path: /orders
				query: { from: "{since}", to: "{until}", _page: "{page}" }
				key: id
				max-results: 50
				delta: { property: at, start: "2026-03-01T11:57:00Z" }
				paging: { type: page, size: 10, total: "header:X-Total-Count" }
				""");

		assertThat(run.isSuccessful()).as(failures(run).toString()).isTrue();
		assertThat(run.records().stream().map((found) -> found.get("id")).distinct()).hasSize(151);
	}

	@Test
	void windowThatCannotBeHalvedIsRefused() {
		API.answer((request) -> page(request, 100));

		assertThatThrownBy(() -> run(ORDERS + "max-results: 100")).hasMessageContaining("give delta.start");
	}

	@Test
	void pagesReadElsewhereAreWarnedOf() {
		API.answer((request) -> page(request, 25));
		AdapterRun planned = run(ORDERS);
		HttpScope.NumberedPage page = (HttpScope.NumberedPage) planned.scopes().get(1);

		// the keys of the run were forgotten with its end
		assertThat(AdapterKit.of(() -> new FetchOnly(API, page))
			.options(HttpApi.options("connection: shop\n" + ORDERS))
			.context(HttpApi.context().build())
			.fetchOnce()
			.run()
			.warnings()).singleElement().asString().contains("another process has read a part");
	}

	/** A source whose plan was made before. */
	private static final class FetchOnly
			implements SourceAdapterScopeSerializer, ConfigurableAdapter<HttpSourceOptions> {

		private final HttpSource source;

		private final Object scope;

		FetchOnly(HttpApi api, Object scope) {
			this.source = api.source();
			this.scope = scope;
		}

		@Override
		public Class<HttpSourceOptions> optionsType() {
			return HttpSourceOptions.class;
		}

		@Override
		public void configure(HttpSourceOptions options) {
			this.source.configure(options);
		}

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.scopes(List.of(this.scope));
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) throws Exception {
			return this.source.fetchRecords(context, scope);
		}

		@Override
		public String serializeScope(Object scope) {
			return this.source.serializeScope(scope);
		}

		@Override
		public Object deserializeScope(String text) {
			return this.source.deserializeScope(text);
		}

	}

}
