package io.deltasync.http.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Feeds that begin with the newest record, which are read until a record is older than
 * the window.
 */
class NewestFirstTests {

	private static final HttpApi API = new HttpApi();

	private static final Instant NOW = Instant.parse("2026-03-01T11:59:30Z");

	private static final String FEED = """
			path: /feed
			records: data
			key: id
			delta: { property: at, order: newest-first }
			paging: { type: page, page-param: page, size: 4, total: total }
			""";

	/** The records, the newest first, as id and minutes before now. */
	private final List<long[]> feed = new ArrayList<>();

	@BeforeEach
	void reset() {
		API.now = NOW;
		API.requests.clear();
		this.feed.clear();
		API.answer(this::answer);
		for (int id = 0; id < 20; id++) {
			this.feed.add(new long[] { id, id * 10 });
		}
	}

	@AfterAll
	static void stop() {
		API.close();
	}

	private ResponseDefinitionBuilder answer(Request request) {
		List<String> data = this.feed.stream()
			.skip((HttpApi.number(request, "page") - 1) * 4L)
			.limit(4)
			.map((found) -> "{\"id\":%d,\"at\":\"%s\"}".formatted(found[0], NOW.minusSeconds(60 * found[1])))
			.toList();
		return API.dated(HttpApi.json("{\"data\":%s,\"total\":%d}".formatted(data, this.feed.size())));
	}

	/** Changes the feed before a page is read. */
	private void beforePage(int page, Runnable change) {
		API.answer((request) -> {
			if (HttpApi.number(request, "page") == page && API.requests.size() == page) {
				change.run();
			}
			return answer(request);
		});
	}

	/** Runs from a number of minutes before now on; null for everything. */
	private static AdapterRun run(String yaml, Integer minutes) {
		String cursor = (minutes != null) ? "time:at:" + NOW.minusSeconds(60L * minutes - 60) : null;
		return API.kit(yaml).context(HttpApi.context().lastSuccessfulCursor(cursor).build()).fetchOnce().run();
	}

	private static List<Object> ids(AdapterRun run) {
		assertThat(run.isSuccessful()).as(run.failures().toString()).isTrue();
		return run.records().stream().map((found) -> found.get("id")).distinct().toList();
	}

	private static String failure(AdapterRun run) {
		assertThat(run.failures()).hasSize(1);
		return run.failures().get(0).toString();
	}

	@Test
	void pagesAreReadUntilARecordIsOlder() {
		AdapterRun run = run(FEED, 55);

		assertThat(ids(run)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
		assertThat(API.requests).hasSize(2);
		assertThat(run.cursor()).isEqualTo("time:at:" + NOW);
	}

	@Test
	void allPagesAreReadWithoutAWindow() {
		assertThat(ids(run(FEED, null))).hasSize(20);
	}

	@Test
	void recordsWithTheTimeOfTheStartAreReadFromTheNextPageToo() {
		this.feed.get(3)[1] = 50;
		this.feed.get(4)[1] = 50;

		assertThat(ids(run(FEED, 50))).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
	}

	@Test
	void recordsThatAreAddedWhilePagesAreReadHideNone() {
		beforePage(2, () -> this.feed.addAll(0, List.of(new long[] { 100, 0 }, new long[] { 101, 0 })));

		assertThat(ids(run(FEED, 55))).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
	}

	@Test
	void recordThatIsRemovedWhilePagesAreReadFailsBecauseItHidesAnother() {
		beforePage(2, () -> this.feed.remove(0));
		assertThat(failure(run(FEED, 55))).contains("says on page 2 that there are 19 records, but it were 20");

		reset();
		beforePage(2, () -> {
			this.feed.remove(0);
			this.feed.add(0, new long[] { 100, 0 });
		});
		assertThat(ids(run(FEED, 55))).contains(4L, 5L);
	}

	@Test
	void feedThatIsNotSortedFails() {
		// such as a record that is always shown first
		this.feed.add(0, new long[] { 100, 5000 });

		assertThat(failure(run(FEED, 55))).contains("so it does not begin with the newest record");
	}

	@Test
	void endThatComesTooEarlyFails() {
		API.answer((request) -> HttpApi.json((HttpApi.number(request, "page") > 1) ? "{\"data\":[],\"total\":20}" : """
				{"data":[{"id":1,"at":"2026-03-01T11:59:00Z"}],"total":20}"""));

		assertThat(failure(run(FEED, 55))).contains("says that there are 20 records, but 1 were on the 2 pages");
	}

	@Test
	void fullRunMeetsARecordThatMovedToTheFirstPageWhileTheOthersWereRead() {
		beforePage(3, () -> {
			API.now = NOW.plusSeconds(60);
			this.feed.remove(15);
			this.feed.add(0, new long[] { 15, -1 });
		});

		AdapterRun run = API.kit(FEED).context(HttpApi.context().fullRun(true).build()).fetchOnce().run();

		assertThat(ids(run)).hasSize(20);
		assertThat(run.cursor()).isEqualTo("time:at:" + NOW);
	}

}
