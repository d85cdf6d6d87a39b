package io.deltasync.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of a source: answers by what is committed, in the way of the Link's kind.
 * In which order it lists records and how precise their times are is drawn for each
 * history. Thread-safe.
 */
final class SimulatedApi {

	private static final int PAGE = 2;

	private static final String ERROR = "overloaded";

	/** The status of a proxy that does not say the time. */
	private static final int UNTIMED = 502;

	private final LinkKind kind;

	private final Source source;

	private final ApiWeather weather;

	private final boolean byKey;

	private final Duration unit;

	private final ApiTimes times;

	private final ApiExports exports = new ApiExports();

	private @Nullable Page last;

	SimulatedApi(LinkKind kind, Source source, ApiWeather weather, SplittableRandom random) {
		this.kind = kind;
		this.source = source;
		this.weather = weather;
		this.byKey = random.nextBoolean();
		this.unit = List.of(Duration.ofNanos(1), Duration.ofMillis(1), Duration.ofSeconds(1)).get(random.nextInt(3));
		this.times = ApiTimes.of(kind);
	}

	/**
	 * A page that was answered.
	 *
	 * @param window the window that was asked for
	 * @param next where the next page is; null after the last one
	 * @param records its records
	 * @param answer the whole answer
	 */
	private record Page(String window, @Nullable String next, List<String> records, ApiAnswer answer) {

	}

	synchronized ApiAnswer answer(ApiRequest request) {
		ApiFault fault = this.weather.fault(request);
		ApiAnswer answer = (fault != null) ? refusal(request, fault) : null;
		if (answer == null) {
			answer = request.method().equals("HEAD") ? ApiAnswer.of(200, "") : content(request, fault);
		}
		if (fault == ApiFault.CUT) {
			answer = answer.sent(ApiAnswer.Sent.HALF);
		}
		return (answer.status() == UNTIMED) ? answer : answer.at(this.source.now());
	}

	private static @Nullable ApiAnswer refusal(ApiRequest request, ApiFault fault) {
		return switch (fault) {
			case UNAVAILABLE -> ApiAnswer.of(UNTIMED, "no server is available");
			case NO_TIME -> request.method().equals("HEAD") ? ApiAnswer.of(UNTIMED, "") : null;
			case TOO_MANY -> ApiAnswer.of(429, "").with("Retry-After", "5");
			case BUSY -> ApiAnswer.of(503, "").with("Retry-After", "5");
			case FORBIDDEN -> ApiAnswer.of(403, "no");
			case WEB_PAGE -> ApiAnswer.of(200, "<html>log in</html>").with("Content-Type", "text/html");
			case RESET -> ApiAnswer.of(200, "").sent(ApiAnswer.Sent.NOTHING);
			case EXPIRED -> isExpiring(request) ? ApiAnswer.of(410, "") : null;
			default -> null;
		};
	}

	private static boolean isExpiring(ApiRequest request) {
		return request.value("cursor") != null || (request.name(1).equals("exports") && !request.name(2).isEmpty());
	}

	private ApiAnswer content(ApiRequest request, @Nullable ApiFault fault) {
		if (this.kind == LinkKind.EXPORTED) {
			return this.exports.answer(request, fault, () -> records(found(request)));
		}
		ApiAnswer answer = switch (this.kind) {
			case NUMBERED, OFFSETS -> numbered(request, fault);
			case LISTED -> request.name(1).equals("ids") ? numbered(request, fault)
					: single(Integer.parseInt(request.name(2)), fault);
			case TOKENS -> chained(request, fault);
			default -> ApiAnswer.json(body(records(found(request)), null, 0, fault));
		};
		return (fault == ApiFault.ENDS_EARLY) ? answer.withBody(answer.body().substring(0, answer.body().length() / 2))
				: answer;
	}

	/** Pages that are asked for by the number of the records before them. */
	private ApiAnswer numbered(ApiRequest request, @Nullable ApiFault fault) {
		List<Source.Row> all = found(request);
		String cursor = request.value("cursor");
		String page = request.value("page");
		int start = (page != null) ? (Integer.parseInt(page) - 1) * PAGE
				: (cursor != null) ? Integer.parseInt(cursor.substring(1)) : 0;
		List<Source.Row> part = all.subList(Math.min(start, all.size()), Math.min(start + PAGE, all.size()));
		boolean ends = this.kind == LinkKind.OFFSETS && start + PAGE >= all.size();
		// each lie is one that honest answers before or after it disprove
		int total = (fault != ApiFault.WRONG_TOTAL) ? all.size() : all.size() + ((start == 0) ? 1 : -1);
		return page(request, fault, "o" + start, part, ends ? null : "o" + (start + PAGE), total);
	}

	/** Pages whose tokens name the record before them. */
	private ApiAnswer chained(ApiRequest request, @Nullable ApiFault fault) {
		String cursor = request.value("cursor");
		List<Source.Row> all = found(request).stream().filter((row) -> cursor == null || isAfter(row, cursor)).toList();
		int size = Math.floorMod(String.valueOf(cursor).hashCode(), PAGE) + 1;
		List<Source.Row> part = all.subList(0, Math.min(size, all.size()));
		boolean ends = all.size() <= size;
		return page(request, fault, String.valueOf(cursor), part, ends ? null : token(part.get(size - 1)), 0);
	}

	private String token(Source.Row row) {
		return "%d-%d".formatted(this.byKey ? 0 : nanos(row), row.key());
	}

	private boolean isAfter(Source.Row row, String token) {
		int mark = token.indexOf('-');
		long time = Long.parseLong(token.substring(0, mark));
		long own = this.byKey ? 0 : nanos(row);
		return own > time || (own == time && row.key() > Integer.parseInt(token.substring(mark + 1)));
	}

	private long nanos(Source.Row row) {
		Instant at = cut(row.at());
		return at.getEpochSecond() * 1_000_000_000 + at.getNano();
	}

	private ApiAnswer page(ApiRequest request, @Nullable ApiFault fault, String place, List<Source.Row> part,
			@Nullable String next, int total) {
		Page before = this.last;
		boolean follows = before != null && before.window.equals(request.window()) && place.equals(before.next);
		if (fault == ApiFault.REPEATED && follows) {
			return before.answer;
		}
		List<String> records = records(part);
		if (fault == ApiFault.REPEATED_RECORDS && follows) {
			records = before.records;
		}
		else if (fault == ApiFault.SHORT && !records.isEmpty()) {
			records = records.subList(0, records.size() - 1);
		}
		ApiAnswer answer = ApiAnswer.json(body(records, next, total, fault)).with("Total", String.valueOf(total));
		this.last = new Page(request.window(), next, records, answer);
		return answer;
	}

	private String body(List<String> records, @Nullable String next, int total, @Nullable ApiFault fault) {
		boolean error = fault == ApiFault.ERROR_INSIDE;
		if (error) {
			return "{\"error\":\"%s\",\"data\":{\"rows\":[]},\"more\":false,\"next\":null,\"total\":0}"
				.formatted(ERROR);
		}
		return "{\"data\":{\"rows\":[%s]},\"more\":%s,\"next\":%s,\"total\":%d}".formatted(String.join(",", records),
				next != null, (next != null) ? "\"" + next + "\"" : "null", total);
	}

	private ApiAnswer single(int key, @Nullable ApiFault fault) {
		if (fault == ApiFault.ERROR_INSIDE) {
			return ApiAnswer.json("{\"error\":\"" + ERROR + "\"}");
		}
		return this.source.stamped()
			.stream()
			.filter((row) -> row.key() == key)
			.map((row) -> ApiAnswer.json(record(row)))
			.findFirst()
			.orElse(ApiAnswer.of(404, ""));
	}

	/** Returns what is committed of a window, in the order of the API. */
	private List<Source.Row> found(ApiRequest request) {
		Instant from = this.times.read(request.value("from"), Instant.MIN);
		Instant to = this.times.read(request.value("to"), Instant.MAX);
		Comparator<Source.Row> byTime = Comparator.comparing((row) -> cut(row.at()));
		return this.source.stamped()
			.stream()
			.filter((row) -> !cut(row.at()).isBefore(from) && !cut(row.at()).isAfter(to))
			.sorted(this.byKey ? Comparator.comparing(Source.Row::key) : byTime.thenComparing(Source.Row::key))
			.toList();
	}

	private List<String> records(List<Source.Row> rows) {
		return rows.stream()
			.map((row) -> (this.kind == LinkKind.LISTED) ? String.valueOf(row.key()) : record(row))
			.collect(Collectors.toList());
	}

	private String record(Source.Row row) {
		return "{\"ID\":%d,\"VERSION\":%d,\"CHANGED\":%s}".formatted(row.key(), row.version(),
				this.times.write(cut(row.at())));
	}

	private Instant cut(Instant at) {
		return at.minusNanos(at.getNano() % this.unit.toNanos());
	}

	@Override
	public String toString() {
		return "an API that lists by %s, times in %s".formatted(this.byKey ? "key" : "time", this.unit);
	}

}
