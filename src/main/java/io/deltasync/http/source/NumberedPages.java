package io.deltasync.http.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.source.answer.Answer;
import io.deltasync.http.source.answer.AnswerField;
import io.deltasync.http.source.answer.AnswerReader;
import io.deltasync.http.source.delta.DeltaReading;
import io.deltasync.http.source.delta.Window;
import io.deltasync.http.source.page.PageKeys;
import io.deltasync.http.source.page.PageOrder;
import io.deltasync.http.source.page.PageRecords;
import io.deltasync.http.source.page.RecordMaker;
import io.deltasync.http.source.page.RunKeys;
import io.deltasync.http.source.request.Requests;
import org.jspecify.annotations.Nullable;

/**
 * Pages whose number is known from the first answer: each is a scope. A page fails if it
 * has more or fewer records than it must have, if the API gives another total than while
 * planning, or if one of its records is on another page too. So the pages of a successful
 * run have as many keys as the API has said.
 */
final class NumberedPages implements ReadingPattern {

	private static final String MOVED = "records were added, removed or changed while the pages were read, so some may "
			+ "be missing: run the Link again, and if that happens often, have the API sort by something that does "
			+ "not change";

	private final Requests requests;

	private final AnswerReader reader;

	private final AnswerField total;

	private final RecordMaker maker;

	private final DeltaReading delta;

	private final RunKeys runKeys;

	private final @Nullable Long maxResults;

	/**
	 * Creates the pattern.
	 * @param requests the requests for the pages
	 * @param reader reads their answers
	 * @param total where they have the number of all records
	 * @param maker makes records
	 * @param delta finds the window
	 * @param runKeys the keys of all pages
	 * @param maxResults the most records that the API returns; null for no limit
	 */
	NumberedPages(Requests requests, AnswerReader reader, AnswerField total, RecordMaker maker, DeltaReading delta,
			RunKeys runKeys, @Nullable Long maxResults) {
		this.requests = requests;
		this.reader = reader;
		this.total = total;
		this.maker = maker;
		this.delta = delta;
		this.runKeys = runKeys;
		this.maxResults = maxResults;
	}

	@Override
	public FetchStrategy plan(LinkContext context) throws IOException, InterruptedException {
		Window window = this.delta.plan(context);
		List<HttpScope.NumberedPage> pages = new ArrayList<>();
		// first, because records that have just changed are likely to change again
		long expected = 0;
		for (Window rest = this.delta.rest(context, window, null); rest != null; rest = this.delta.after(rest)) {
			expected += plan(context, rest, pages);
		}
		Window first = this.delta.first(window);
		expected += plan(context, first, pages);
		RunContext.currentContext()
			.describe("%s: %s, %,d records on %,d pages%s".formatted(this.delta.describe(window),
					Answer.shown(this.requests.page(first, 0)), expected, pages.size(),
					this.delta.describeNext(first)));
		Window next = this.delta.after(first);
		return (next != null) ? FetchStrategy.cumulativeScopes(pages, null, new HttpScope.Step(next))
				: FetchStrategy.scopes(pages, expected);
	}

	@Override
	public FetchStrategy planAgain(LinkContext context, HttpScope scope) throws IOException, InterruptedException {
		Window step = ((HttpScope.Step) scope).window();
		List<HttpScope.NumberedPage> pages = new ArrayList<>();
		plan(context, step, pages);
		Window next = this.delta.after(step);
		return FetchStrategy.cumulativeScopes(pages, null, (next != null) ? new HttpScope.Step(next) : null);
	}

	private long plan(LinkContext context, Window window, List<HttpScope.NumberedPage> pages)
			throws IOException, InterruptedException {
		try (Answer answer = this.reader.send(this.requests.page(window, 0))) {
			if (answer.isAbsent()) {
				RunContext.currentContext().addWarning(answer.absence());
				return 0;
			}
			PageKeys keys = new PageRecords(answer, this.maker, null, new PageKeys(0), PageOrder.ANY, (all) -> {
			}).readAll();
			long all = total(answer);
			if (this.maxResults != null && all >= this.maxResults) {
				return planHalves(context, window, all, pages);
			}
			int size = Objects.requireNonNull(Objects.requireNonNull(this.requests.paging()).size());
			HttpScope.NumberedPage first = new HttpScope.NumberedPage(window, 0, size, all, keys.digest());
			checkCount(answer, first, keys.count());
			for (int page = 0; page < first.pages(); page++) {
				pages.add(new HttpScope.NumberedPage(window, page, size, all, keys.digest()));
			}
			this.runKeys.begin(name(context, window), first.pages());
			return all;
		}
	}

	private long planHalves(LinkContext context, Window window, long all, List<HttpScope.NumberedPage> pages)
			throws IOException, InterruptedException {
		Window[] halves = window.halves();
		if (halves == null) {
			throw new AnswerException(("%s has %,d records, and the API returns no more than max-results (%,d) of one "
					+ "window, which cannot be divided further; %s")
				.formatted(Answer.shown(this.requests.page(window, 0)), all, this.maxResults, (window.since() == null)
						? "give delta.start, so that everything is a window too" : "read them another way, once"));
		}
		return plan(context, halves[0], pages) + plan(context, halves[1], pages);
	}

	private long total(Answer answer) {
		Long all = answer.number(this.total);
		if (all == null) {
			throw answer
				.failed("has no number of records at %s; correct paging.total, or leave it out".formatted(this.total));
		}
		return all;
	}

	private void checkCount(Answer answer, HttpScope.NumberedPage page, long count) {
		if (count == page.expected()) {
			return;
		}
		if (count > page.size() || (page.page() == 0 && count < page.expected())) {
			throw answer.failed(("has %,d records although it should have %,d: the API does not take this size; "
					+ "correct paging.size-param, or give the API's own size as paging.size")
				.formatted(count, page.expected()));
		}
		throw answer.failed("has %,d records although page %d of %,d records in pages of %d has %,d; %s"
			.formatted(count, page.page() + 1, page.total(), page.size(), page.expected(), MOVED));
	}

	@Override
	public Iterable<RecordInFlight> fetch(LinkContext context, @Nullable HttpScope scope)
			throws IOException, InterruptedException {
		HttpScope.NumberedPage page = (HttpScope.NumberedPage) Objects.requireNonNull(scope);
		Answer answer = this.reader.send(this.requests.page(page.window(), page.page()));
		return new PageRecords(answer, this.maker, page.window(), new PageKeys(page.size()), PageOrder.ANY,
				(keys) -> check(name(context, page.window()), answer, page, keys));
	}

	private void check(String run, Answer answer, HttpScope.NumberedPage page, PageKeys keys) {
		Long now = answer.number(this.total);
		if (now != null && now != page.total()) {
			throw answer.failed("says on page %d that there are %,d records, but it were %,d before the first page; %s"
				.formatted(page.page() + 1, now, page.total(), MOVED));
		}
		checkCount(answer, page, keys.count());
		if (page.page() > 0 && keys.count() > 0 && keys.digest() == page.firstDigest()) {
			throw answer.failed(("repeats on page %d the records of page 1: the API ignores the number of the page; "
					+ "correct paging.page-param or paging.offset-param")
				.formatted(page.page() + 1));
		}
		if (keys.repeated() > 0) {
			throw answer.failed("has %d records on page %d whose key another record there has; correct 'key'"
				.formatted(keys.repeated(), page.page() + 1));
		}
		RunKeys.Found found = this.runKeys.add(run, page.page(), keys.hashes());
		if (found.otherPage() != null) {
			throw answer.failed("has records on page %d that page %d has too; %s".formatted(page.page() + 1,
					found.otherPage() + 1, MOVED));
		}
		if (found.incomplete()) {
			RunContext.currentContext()
				.addWarning(
						"Whether a record is on two pages was not checked for all pages, because there are too many "
								+ "records, or another process has read a part; their numbers were checked");
		}
	}

	private static String name(LinkContext context, Window window) {
		return "%s %s %s %s".formatted(context.linkName(), context.runTimestamp(), window.since(), window.until());
	}

}
