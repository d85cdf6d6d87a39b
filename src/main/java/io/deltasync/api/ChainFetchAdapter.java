package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * A source that learns only while fetching whether there is more to fetch. After the
 * strategy IMMEDIATE, each fetch returns the next scope.
 */
public interface ChainFetchAdapter extends SourceAdapterForPull {

	/**
	 * Returns the scope to fetch next. Called on the instance that has just fetched,
	 * after its records were consumed to the end.
	 * @return the scope that a new instance will fetch next, or null at the end
	 * @throws Exception to fail the scope that was fetched last
	 */
	@Nullable Object getNextScope() throws Exception;

}
