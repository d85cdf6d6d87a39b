package io.deltasync.codec;

import java.util.List;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import org.jspecify.annotations.Nullable;

/**
 * A source that only its scopes matter of.
 */
public class PullSource implements SourceAdapterForPull {

	@Override
	public FetchStrategy planFetch(LinkContext context) {
		return FetchStrategy.noRecords();
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
		return List.of();
	}

}
