package io.deltasync.http.source;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.http.source.answer.Answer;
import io.deltasync.http.source.delta.DeltaReading;
import io.deltasync.http.source.delta.Window;
import io.deltasync.http.source.page.ChainLinks;
import io.deltasync.http.source.page.ChainPosition;
import io.deltasync.http.source.page.PageKeys;
import io.deltasync.http.source.page.PageOrder;
import io.deltasync.http.source.page.PageRecords;
import io.deltasync.http.source.page.RecordMaker;
import org.jspecify.annotations.Nullable;

/**
 * Pages that lead from one to the next, or a single answer. If the window is read in
 * steps, each step is a scope with all its pages.
 */
final class PageChain implements ReadingPattern {

	private final ChainLinks links;

	private final RecordMaker maker;

	private final DeltaReading delta;

	private final Function<HttpScope.NextPage, PageOrder> orders;

	private @Nullable Window planned;

	private HttpScope.@Nullable NextPage next;

	/**
	 * Creates the pattern.
	 * @param links the pages
	 * @param maker makes records
	 * @param delta finds the window
	 * @param orders the order that the records of a page must have
	 */
	PageChain(ChainLinks links, RecordMaker maker, DeltaReading delta, Function<HttpScope.NextPage, PageOrder> orders) {
		this.links = links;
		this.maker = maker;
		this.delta = delta;
		this.orders = orders;
	}

	@Override
	public FetchStrategy plan(LinkContext context) throws IOException, InterruptedException {
		Window window = this.delta.plan(context);
		List<Window> steps = this.delta.steps(window);
		Window first = steps.get(0);
		this.planned = window;
		RunContext.currentContext()
			.describe("%s: %s%s".formatted(this.delta.describe(window), this.links.describe(first),
					this.delta.describeNext(first)));
		return (steps.size() == 1) ? FetchStrategy.immediate()
				: FetchStrategy.scopes(steps.stream().map(HttpScope.Step::new).toList());
	}

	@Override
	public Iterable<RecordInFlight> fetch(LinkContext context, @Nullable HttpScope scope)
			throws IOException, InterruptedException {
		if (scope instanceof HttpScope.Step step) {
			return new StepRecords(this, context, HttpScope.NextPage.first(step.window()));
		}
		return fetchPage(context, (scope != null) ? (HttpScope.NextPage) scope
				: HttpScope.NextPage.first(Objects.requireNonNull(this.planned, "has not planned")));
	}

	/** Returns the records of a page, after the last of which the next page is known. */
	PageRecords fetchPage(LinkContext context, HttpScope.NextPage page) throws IOException, InterruptedException {
		this.next = null;
		PageOrder order = this.orders.apply(page);
		Answer answer = this.links.ask(page.window(), page.position());
		return new PageRecords(answer, this.maker, page.window(), new PageKeys(0), order, (keys) -> {
			Long highest = order.highest();
			if (highest != null) {
				this.delta.reached(highest);
			}
			ChainPosition position = this.links.after(answer, page.position(), keys, order);
			this.next = (position != null) ? new HttpScope.NextPage(page.window(), position, highest)
					: rest(context, page.window(), answer);
		});
	}

	/** Returns the first page of what a full run reads beside its window. */
	private HttpScope.@Nullable NextPage rest(LinkContext context, Window window, Answer answer) {
		Window rest = window.rest() ? this.delta.after(window) : this.delta.rest(context, window, answer.date());
		return (rest != null) ? HttpScope.NextPage.first(rest) : null;
	}

	@Override
	public HttpScope.@Nullable NextPage next() {
		return this.next;
	}

}
