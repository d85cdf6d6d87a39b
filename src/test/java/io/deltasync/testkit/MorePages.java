package io.deltasync.testkit;

import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapterScopeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A good source that may plan in many calls, for tests to spoil.
 */
abstract class MorePages extends Pages implements DelayedPlanningAdapter, SourceAdapterScopeSerializer {

	@Override
	public @Nullable FetchStrategy planFetch(LinkContext context) throws Exception {
		return planFetchAgain(context, null);
	}

	@Override
	public abstract @Nullable FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope)
			throws Exception;

	@Override
	public String serializeScope(Object scope) {
		return scope.toString();
	}

	@Override
	public Object deserializeScope(String text) throws Exception {
		return text;
	}

}
