package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * A source that finds out only while fetching whether there is more: after the strategy
 * IMMEDIATE each fetch names the next scope.
 */
public interface ChainFetchAdapter extends SourceAdapterForPull {

	/**
	 * Names what to fetch next. Called on the instance that has just fetched, after its
	 * records were consumed to the end.
	 * @return the scope that a fresh instance is given next, or null when there is no
	 * more
	 * @throws Exception any exception fails the scope that was fetched last
	 */
	@Nullable Object getNextScope() throws Exception;

}
