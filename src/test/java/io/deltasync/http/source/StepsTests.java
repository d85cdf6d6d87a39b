package io.deltasync.http.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Request;
import io.deltasync.http.source.delta.Window;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * An API that takes windows of up to seven days is read in steps, between which no record
 * is missed.
 */
class StepsTests {

	private static final HttpApi API = new HttpApi();

	private static final Instant NOW = Instant.parse("2026-03-01T11:59:30Z");

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final Pattern FIELD = Pattern.compile("(from|to)[\"=:]+([^\"&]+)");

	private static final String DELTA = "delta: { start: \"2026-01-01T00:00:00Z\", step: 7d }\nkey: id\n";

	private static final String CHAIN = DELTA + """
			path: /chain
			query: { from: "{since}", to: "{until}" }
			records: data
			paging: { type: next, next: next, next-param: page }
			""";

	private static final String NUMBERED = DELTA + """
			path: /numbered
			query: { from: "{since}", to: "{until}" }
			records: data
			paging: { type: page, page-param: page, size: 10, total: total }
			""";

	private static final String IDS = DELTA
			+ """
					list: { path: /ids, query: { from: "{since}", to: "{until}" }, records: data, paging: { type: page, page-param: page } }
					path: /people/{id}
					""";

	private static final String EXPORT = DELTA + """
			export:
			  create: { path: /exports, body: { from: "{since}", to: "{until}" } }
			  poll: { path: "/exports/{job.id}", done: [ done ], empty: [ empty ] }
			  download: { path: "/file/{job.id}", format: jsonl }
			""";

	private final TreeSet<Instant> source = new TreeSet<>();

	private final List<Instant[]> windows = Collections.synchronizedList(new ArrayList<>());

	private String bounds = "[]";

	@BeforeEach
	void reset() {
		API.now = NOW;
		API.answer(this::answer);
		for (Instant at = START.plusSeconds(1); at.isBefore(NOW); at = at.plus(Duration.ofHours(12))) {
			this.source.add(at);
		}
		// nothing changes in February for longer than a step
		this.source.subSet(Instant.parse("2026-02-03T00:00:00Z"), Instant.parse("2026-02-20T00:00:00Z")).clear();
		// records at the edges of steps, and closely around them
		for (Instant edge = START.plus(Duration.ofDays(7)); edge.isBefore(NOW.minus(Duration.ofDays(26)));) {
			this.source.addAll(List.of(edge, edge.minusSeconds(1), edge.plusMillis(1), edge.minusMillis(500)));
			edge = edge.plus(Duration.ofDays(7)).minusSeconds(1);
		}
	}

	@AfterAll
	static void stop() {
		API.close();
	}

	private ResponseDefinitionBuilder answer(Request request) {
		String path = request.getUrl().replaceFirst("\\?.*", "");
		if (path.startsWith("/people/")) {
			return HttpApi.json("{\"id\":\"%s\"}".formatted(path.substring("/people/".length()).replace("%3A", ":")));
		}
		if (path.startsWith("/exports/")) {
			return HttpApi.json("{\"status\":\"%s\"}".formatted(found(path).isEmpty() ? "empty" : "done"));
		}
		if (path.startsWith("/file/")) {
			return HttpApi.json(String.join("\n", found(path)));
		}
		Instant[] window = window(request.getUrl() + request.getBodyAsString());
		this.windows.add(window);
		if (Duration.between(window[0], window[1]).compareTo(Duration.ofDays(7)) > 0) {
			return WireMock.badRequest();
		}
		List<String> found = found(window);
		if (path.equals("/exports")) {
			return HttpApi.json("{\"id\":\"from:%s&to:%s\"}".formatted(window[0], window[1]));
		}
		int page = Math.max(1, HttpApi.number(request, "page"));
		int first = Math.min((page - 1) * 10, found.size());
		List<String> data = found.subList(first, Math.min(first + 10, found.size()));
		String next = (page * 10 < found.size()) ? String.valueOf(page + 1) : "null";
		return API.dated(HttpApi.json("{\"data\":%s,\"next\":%s,\"total\":%d}".formatted(data, next, found.size())));
	}

	private static Instant[] window(String text) {
		Instant[] window = new Instant[2];
		Matcher fields = FIELD.matcher(text.replace("%3A", ":"));
		while (fields.find()) {
			window[fields.group(1).equals("from") ? 0 : 1] = Instant.parse(fields.group(2));
		}
		return window;
	}

	private List<String> found(String path) {
		return found(window(path.replace("%26", "&")));
	}

	private List<String> found(Instant[] window) {
		return this.source.subSet(window[0], this.bounds.startsWith("["), window[1], this.bounds.endsWith("]"))
			.stream()
			.map("{\"id\":\"%s\"}"::formatted)
			.toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "[)", "(]", "()" })
	void noRecordIsMissedWhetherTheBoundsAreIncludedOrNot(String bounds) {
		this.bounds = bounds;

		for (String yaml : List.of(CHAIN, NUMBERED, IDS, EXPORT)) {
			AdapterRun run = API.kit(yaml).fetchOnce().run();

			assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
			assertThat(
					run.records().stream().map((found) -> Instant.parse((String) found.get("id"))).distinct().sorted())
				.as(yaml)
				.containsExactlyElementsOf(this.source);
			assertThat(run.cursor()).isEqualTo("time::" + NOW);
		}
	}

	@Test
	void stepsOfAChainAreReadInParallel() {
		AdapterRun run = API.kit(CHAIN).run();

		assertThat(run.strategy()).isEqualTo("SCOPES");
		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(this.windows).extracting((window) -> window[1]).contains(START.plus(Duration.ofDays(7)), NOW);
	}

	@Test
	void stepsOfNumberedPagesArePlannedOneByOne() {
		AdapterRun run = API.kit(NUMBERED).run();

		assertThat(run.strategy()).isEqualTo("CUMULATIVE_SCOPES");
		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
	}

	@Test
	void windowThatIsNotLongerIsReadAsAWhole() {
		AdapterRun run = API.kit(CHAIN)
			.context(HttpApi.context().lastSuccessfulCursor("time::2026-02-28T00:00:00Z").build())
			.run();

		assertThat(run.strategy()).isEqualTo("IMMEDIATE");
		assertThat(this.windows).extracting((window) -> window[0]).containsOnly(Instant.parse("2026-02-27T23:59:00Z"));
	}

	@ParameterizedTest
	@ValueSource(strings = { CHAIN, NUMBERED, IDS, EXPORT })
	void fullRunMeetsARecordThatChangedAfterTheEndOfTheSteps(String yaml) {
		Instant changed = NOW.plusMillis(500);
		this.source.add(changed);

		AdapterRun run = API.kit(yaml).context(HttpApi.context().fullRun(true).build()).fetchOnce().run();

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.records()).extracting((found) -> found.get("id")).contains(changed.toString());
	}

	@Test
	void recordThatChangesWhileAFullRunReadsTheStepsIsMetThoughThatTakesLongerThanAStep() {
		Instant late = NOW.plus(Duration.ofDays(20));
		API.answer((request) -> {
			if (HttpApi.text(request, "from").startsWith("2026-01-07")) {
				API.now = late;
				this.source.add(late);
			}
			return answer(request);
		});

		AdapterRun run = API.kit(CHAIN).context(HttpApi.context().fullRun(true).build()).fetchOnce().run();

		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		assertThat(run.records()).extracting((found) -> found.get("id")).contains(late.toString());
		assertThat(run.cursor()).isEqualTo("time::" + NOW);
	}

	@Test
	void scopeThatAnEarlierVersionStoredIsRead() {
		HttpScope scope = ScopeText.read("NEXT {\"window\":{\"since\":null,\"until\":\"2026-03-01T11:59:30Z\","
				+ "\"run\":\"2026-03-01T12:00:00Z\"},\"position\":{\"page\":1,\"records\":2,\"digest\":3}}");

		assertThat(((HttpScope.NextPage) scope).window()).isEqualTo(new Window(null, NOW, NOW.plusSeconds(30)));
	}

	@Test
	void tooManyStepsFail() {
		assertThatThrownBy(() -> API.kit(CHAIN.replace("2026-01-01", "1526-01-01").replace("7d", "1m")).run())
			.hasMessageContaining(
					"has more than 100,000 steps of 1M; give a longer delta.step, or a later delta.start");
	}

}
