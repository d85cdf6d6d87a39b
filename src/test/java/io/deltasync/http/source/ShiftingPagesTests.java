package io.deltasync.http.source;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records are changed, added late and removed while their pages are read, by chance, over
 * many runs. A successful run has read each record of its window, and after the last run
 * nothing is missing. Failures name their seed.
 */
class ShiftingPagesTests {

	private static final HttpApi API = new HttpApi();

	private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

	/** How much later than its time a change appears. */
	private static final int LATE = 50;

	private static final String ORDERS = """
			path: /orders
			query: { from: "{since}", to: "{until}" }
			key: id
			delta: { property: at }
			paging: { type: page, page-param: page, size: 3, total: "header:Total" }
			""";

	@AfterAll
	static void stop() {
		API.close();
	}

	static LongStream seeds() {
		return new Random().longs(15);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void successfulRunsMissNothing(long seed) {
		Play play = new Play(new Random(seed));

		for (int run = 0; run < 6; run++) {
			play.run();
		}
		play.quiet = true;
		play.run();
		play.run();

		assertThat(play.successes).isPositive();
		assertThat(play.target).as("seed %d", seed).containsAllEntriesOf(play.source);
	}

	@Test
	void checksFindOutThatPagesHaveMoved() {
		long failed = LongStream.range(0, 10).map((seed) -> {
			Play play = new Play(new Random(seed));
			for (int run = 0; run < 6; run++) {
				play.run();
			}
			return play.failures;
		}).sum();

		assertThat(failed).isPositive();
	}

	/** An API and the target of a Link that reads it. */
	private static final class Play {

		private final Random random;

		private final Map<Long, Instant> source = new TreeMap<>();

		private final Map<Long, Instant> target = new TreeMap<>();

		private boolean quiet;

		private int successes;

		private int failures;

		private LinkContext context = HttpApi.context().build();

		Play(Random random) {
			this.random = random;
			API.now = START;
			for (long id = 0; id < 10; id++) {
				this.source.put(id, START.minusSeconds(random.nextInt(1000)));
			}
		}

		void run() {
			API.now = API.now.plusSeconds(100 + this.random.nextInt(100));
			this.context = this.context.toBuilder().runTimestamp(API.now).build();
			Instant until = API.now;
			AdapterRun run = API.answer(this::answer).kit(ORDERS).context(this.context).fetchOnce().run();
			for (RecordInFlight record : run.records()) {
				this.target.put((Long) record.get("id"), Instant.parse((String) record.get("at")));
			}
			if (run.isSuccessful()) {
				this.successes++;
				TreeSet<Long> missed = this.source.entrySet()
					.stream()
					.filter((record) -> !record.getValue().isAfter(until.minusSeconds(LATE)))
					.filter((record) -> !record.getValue().equals(this.target.get(record.getKey())))
					.map(Map.Entry::getKey)
					.collect(Collectors.toCollection(TreeSet::new));
				assertThat(missed).as("missed by a successful run: %s", API.requests).isEmpty();
			}
			else {
				this.failures++;
			}
			this.context = run.nextContext(API.now);
			API.requests.clear();
		}

		private synchronized ResponseDefinitionBuilder answer(Request request) {
			if (!this.quiet) {
				change();
			}
			Instant from = (HttpApi.text(request, "from") != null) ? Instant.parse(HttpApi.text(request, "from"))
					: Instant.EPOCH;
			Instant to = Instant.parse(HttpApi.text(request, "to"));
			List<String> all = this.source.entrySet()
				.stream()
				.filter((record) -> !record.getValue().isBefore(from) && !record.getValue().isAfter(to))
				.sorted(Comparator.comparing(Map.Entry<Long, Instant>::getValue).thenComparing(Map.Entry::getKey))
				.map((record) -> "{\"id\":%d,\"at\":\"%s\"}".formatted(record.getKey(), record.getValue()))
				.toList();
			int start = Math.min((HttpApi.number(request, "page") - 1) * 3, all.size());
			return HttpApi.json(all.subList(start, Math.min(start + 3, all.size())).toString())
				.withHeader("Total", String.valueOf(all.size()));
		}

		/**
		 * A change has the time of its transaction, and appears up to {@link #LATE}
		 * later.
		 */
		private void change() {
			API.now = API.now.plusSeconds(1);
			long id = this.random.nextInt(15);
			Instant at = API.now.minusSeconds(this.random.nextInt(LATE));
			switch (this.random.nextInt(5)) {
				case 0 -> this.source.put(id, at);
				case 1 -> this.source.remove(id);
				default -> {
					// nothing happens
				}
			}
		}

	}

}
