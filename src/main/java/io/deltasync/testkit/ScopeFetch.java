package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.codec.ValueCodec;
import io.deltasync.run.fetch.Fetch;
import io.deltasync.run.fetch.RowFeed;
import io.deltasync.run.fetch.ScopeException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches single scopes completely.
 */
final class ScopeFetch {

	private final LinkContext context;

	private final @Nullable List<? extends Map<String, ? extends @Nullable Object>> rows;

	private final boolean chains;

	/**
	 * Creates a fetch.
	 * @param context the context that is passed to the adapter
	 * @param rows the result of the query of LOCATOR, or null
	 * @param chains whether a chaining adapter is asked for the next scope
	 */
	ScopeFetch(LinkContext context, @Nullable List<? extends Map<String, ? extends @Nullable Object>> rows,
			boolean chains) {
		this.context = context;
		this.rows = rows;
		this.chains = chains;
	}

	/**
	 * Fetches a scope.
	 * @param adapter the instance that fetches it
	 * @param handed the scope
	 * @param isLocator whether rows are passed to the adapter instead
	 * @return the result
	 */
	FetchedScope fetch(SourceAdapter adapter, Planned.Handed handed, boolean isLocator) {
		String method = isLocator ? "buildRecords" : "fetchRecords";
		StaticFields statics = StaticFields.of("source adapter", adapter.getClass());
		RunContext runContext = new RunContext();
		try {
			Object scope = (handed.text() != null) ? new ValueCodec(adapter).read(handed.text()) : null;
			FetchedScope fetched = runContext.call(() -> consume(
					() -> isLocator ? Fetch.of(adapter, feed((SourceAdapterForRowPush) adapter))
							: Fetch.of((SourceAdapterForPull) adapter, this.context, scope),
					handed, scope, runContext));
			statics.requireUnchanged(method);
			return fetched;
		}
		catch (Exception ex) {
			throw AdapterFailure.by(ex, "source adapter", adapter, method, "");
		}
	}

	private FetchedScope consume(Opening opening, Planned.Handed handed, @Nullable Object scope,
			RunContext runContext) {
		List<RecordInFlight> records = new ArrayList<>();
		try (Fetch fetch = opening.open()) {
			while (fetch.hasNext()) {
				records.add(fetch.next());
			}
			Object next = this.chains ? fetch.nextScope() : null;
			return new FetchedScope(handed, scope, records, runContext.cursor(), runContext.warnings(),
					(next != null) ? new ValueCodec(fetch.adapter()).writeChecked(next) : null, null);
		}
		catch (ScopeException ex) {
			if (ex.isBreach()) {
				throw new AssertionError(ex.getMessage(), ex);
			}
			return new FetchedScope(handed, scope, records, null, runContext.warnings(), null,
					(Exception) ex.getCause());
		}
	}

	private Iterable<RecordInFlight> feed(SourceAdapterForRowPush adapter) {
		if (this.rows == null) {
			throw new AssertionError(
					"source adapter %s answered LOCATOR; give the rows that its query yields: rows(List.of(…))"
						.formatted(adapter.getClass().getName()));
		}
		Iterator<? extends Map<String, ? extends @Nullable Object>> given = this.rows.iterator();
		return () -> new RowFeed(adapter, this.context,
				() -> given.hasNext() ? new LinkedHashMap<>(given.next()) : null, Long.MAX_VALUE);
	}

	private interface Opening {

		Fetch open();

	}

}
