package io.deltasync.testkit;

import java.util.List;
import java.util.Map;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import org.jspecify.annotations.Nullable;

/**
 * A good source of three pages with two records each, for tests to spoil.
 */
class Pages implements SourceAdapterForPull {

	@Override
	public @Nullable FetchStrategy planFetch(LinkContext context) throws Exception {
		return FetchStrategy.scopes(List.of("a", "b", "c"), 6);
	}

	@Override
	public @Nullable Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope)
			throws Exception {
		return List.of(record(scope + "1"), record(scope + "2"));
	}

	static RecordInFlight record(Object id) {
		return new RecordInFlight(Map.of("id", id));
	}

}
