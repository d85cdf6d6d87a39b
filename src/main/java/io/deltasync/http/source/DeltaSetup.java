package io.deltasync.http.source;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.deltasync.http.connection.HttpConnection;
import io.deltasync.http.source.delta.ChangeProperty;
import io.deltasync.http.source.delta.DeltaReading;
import io.deltasync.http.source.delta.NumberReading;
import io.deltasync.http.source.delta.TimeReading;
import io.deltasync.http.source.options.DeltaOptions;
import io.deltasync.http.source.options.HttpSourceOptions;
import io.deltasync.http.source.options.OptionProblems;
import io.deltasync.http.source.options.PagingOptions;
import io.deltasync.http.source.page.GrowingNumbers;
import io.deltasync.http.source.page.NewestFirst;
import io.deltasync.http.source.page.PageOrder;
import io.deltasync.http.template.Placeholders;
import io.deltasync.http.template.TimeFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the options of 'delta' describe. Confined to one thread.
 */
final class DeltaSetup {

	private final HttpSourceOptions source;

	private final @Nullable DeltaOptions options;

	private final OptionProblems problems;

	private final boolean numbers;

	private final boolean newestFirst;

	private final TimeFormat times;

	DeltaSetup(HttpSourceOptions source, OptionProblems problems) {
		DeltaOptions delta = source.delta();
		this.source = source;
		this.options = delta;
		this.problems = problems;
		this.numbers = delta != null && delta.isByNumber();
		this.newestFirst = delta != null && delta.order() != null;
		TimeFormat format = (delta != null && !this.numbers)
				? problems.parse("delta.format", () -> TimeFormat.of(delta.format())) : null;
		this.times = (format != null) ? format : TimeFormat.ISO;
	}

	/** Returns how times are written. */
	TimeFormat times() {
		return this.times;
	}

	/** Returns the placeholders of the window. */
	Set<String> placeholders() {
		return this.numbers ? Set.of(Placeholders.SINCE, Placeholders.RUN)
				: Set.of(Placeholders.SINCE, Placeholders.UNTIL, Placeholders.RUN);
	}

	/** Whether the start of the window has a value in a run that reads everything. */
	boolean hasStart() {
		DeltaOptions delta = this.options;
		return delta != null && (this.numbers ? delta.startNumber() != null : delta.start() != null);
	}

	/** Whether pages must be read one after the other. */
	boolean needsChain() {
		return this.numbers || this.newestFirst;
	}

	/**
	 * Returns the property by which records that have not changed are left out.
	 * @param since whether requests contain the start of the window, so that the API does
	 * it
	 */
	@Nullable ChangeProperty filter(boolean since) {
		return since ? null : property();
	}

	private @Nullable ChangeProperty property() {
		return (this.options != null && this.options.property() != null)
				? new ChangeProperty(this.options.property(), this.numbers ? null : this.times) : null;
	}

	/** Returns the order that the records of a page must have. */
	Function<HttpScope.NextPage, PageOrder> orders() {
		ChangeProperty property = property();
		if (property == null || !needsChain()) {
			return (page) -> PageOrder.ANY;
		}
		boolean paged = this.source.paging() != null;
		return this.numbers ? (page) -> new GrowingNumbers(property, paged, page.highest())
				: (page) -> new NewestFirst(property, page.window());
	}

	/**
	 * Returns what finds the window.
	 * @param since whether requests contain its start
	 * @param until whether requests contain its end
	 */
	DeltaReading reading(HttpConnection connection, boolean since, boolean until) {
		if (this.numbers) {
			DeltaOptions delta = Objects.requireNonNull(this.options);
			return new NumberReading(String.valueOf(delta.property()), delta.overlapNumbers(), delta.startNumber());
		}
		return new TimeReading(connection, this.options, this.options != null || since || until,
				until || this.newestFirst);
	}

	/**
	 * Adds the problems of the options.
	 * @param since whether requests contain the start of the window
	 * @param until whether requests contain its end
	 */
	void check(boolean since, boolean until) {
		DeltaOptions delta = this.options;
		PagingOptions.Type paging = (this.source.paging() != null) ? this.source.paging().type() : null;
		if (paging == PagingOptions.Type.SINCE && (!this.numbers || !since)) {
			this.problems.add("paging.type", "is since, which needs 'delta.format: number' and {since} in the request");
		}
		if (delta == null) {
			return;
		}
		if (needsChain()) {
			checkChain(delta);
		}
		if (this.numbers) {
			checkNumbers(delta, paging);
		}
		else {
			refuse("overlap-numbers", delta.overlapNumbers(), "is only for 'delta.format: number'");
			refuse("start-number", delta.startNumber(), "is only for 'delta.format: number'");
		}
		if (this.newestFirst && (since || until)) {
			this.problems.add("delta.order",
					"is for APIs that cannot select changes; remove it, or {since} and {until} from the requests");
		}
		if (delta.step() != null && !this.numbers) {
			checkSteps(delta, since && until);
		}
	}

	private void checkChain(DeltaOptions delta) {
		String cause = this.numbers ? "'delta.format: number'" : "'delta.order: newest-first'";
		if (delta.property() == null) {
			this.problems.add("delta.property", "is missing; it is required by " + cause);
		}
		if (this.source.list() != null || this.source.export() != null) {
			this.problems.add((this.source.list() != null) ? "list" : "export", "is not possible with " + cause);
		}
	}

	private void checkNumbers(DeltaOptions delta, PagingOptions.@Nullable Type paging) {
		refuse("start", delta.start(), "is a time; give delta.start-number with 'delta.format: number'");
		refuse("step", delta.step(), "has no meaning with 'delta.format: number'; remove it");
		refuse("order", delta.order(), "has no meaning with 'delta.format: number'; remove it");
		if (paging == PagingOptions.Type.PAGE || paging == PagingOptions.Type.OFFSET) {
			this.problems.add("paging.type",
					"is %s, by which a record is missed if another one gets a new number while pages are read; give since, or next"
						.formatted(paging.name().toLowerCase(Locale.ROOT)));
		}
	}

	private void checkSteps(DeltaOptions delta, boolean window) {
		if (delta.start() == null) {
			this.problems.add("delta.step",
					"has no first step in a run that reads everything; give delta.start, the time of the oldest records");
		}
		if (!window) {
			this.problems.add("delta.step", "has no meaning unless the requests contain {since} and {until}");
		}
	}

	private void refuse(String option, @Nullable Object value, String problem) {
		if (value != null) {
			this.problems.add("delta." + option, problem);
		}
	}

}
