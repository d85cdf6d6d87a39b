package io.deltasync.benchmark;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;

import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapterScopeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The same source, which hands its scopes over page by page. Says how much of the heap is
 * in use after some of them.
 */
final class InMemoryPages extends InMemorySource implements DelayedPlanningAdapter, SourceAdapterScopeSerializer {

	static final int PAGE = 1_000;

	/** Later ones are the multiples of the last. */
	private static final Set<Integer> MEASURED = Set.of(10, 100, 500);

	@Override
	public FetchStrategy planFetch(LinkContext context) {
		return page(0);
	}

	@Override
	public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) {
		return page((scope != null) ? (Integer) scope : 0);
	}

	private FetchStrategy page(int page) {
		if (MEASURED.contains(page) || page % 500 == 0 && page > 0) {
			System.gc();
			System.out.printf("heap after %d pages: %d bytes%n", page,
					ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		int from = page * PAGE;
		int to = Math.min(from + PAGE, options().scopes());
		if (from >= to) {
			return FetchStrategy.cumulativeScopes(List.of(), null, null, options().records());
		}
		return FetchStrategy.cumulativeScopes(parts(from, to), null, page + 1, options().records());
	}

	@Override
	public String serializeScope(Object scope) {
		return (scope instanceof Part part) ? part.from() + "-" + part.to() : scope.toString();
	}

	@Override
	public Object deserializeScope(String text) {
		int dash = text.indexOf('-');
		return (dash < 0) ? Integer.valueOf(text)
				: new Part(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
	}

}
