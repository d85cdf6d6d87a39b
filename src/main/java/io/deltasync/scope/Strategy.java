package io.deltasync.scope;

import io.deltasync.api.FetchStrategy;

/**
 * The strategy of a plan. The constants are stored by their names, which are those of
 * {@link FetchStrategy#checkStrategyType}.
 */
public enum Strategy {

	/** The adapter has not answered yet. */
	NONE,

	/** Records are fetched at once, without scopes from planning. */
	IMMEDIATE,

	/** All scopes are known. */
	SCOPES,

	/** The adapter is asked again after a wait. */
	DELAY,

	/** Scopes come in several answers. */
	CUMULATIVE_SCOPES,

	/** The rows of a query are given to the adapter. */
	LOCATOR,

	/** There is nothing to fetch. */
	NO_RECORDS;

	/**
	 * Returns the strategy of an adapter's answer.
	 * @param answer the answer
	 * @return the strategy; never {@link #NONE}
	 */
	public static Strategy of(FetchStrategy answer) {
		return valueOf(answer.checkStrategyType());
	}

	/**
	 * Whether the adapter instance that planned must also fetch. Such a plan ends with
	 * its process: a restart plans again.
	 * @return true for {@link #IMMEDIATE} and {@link #LOCATOR}
	 */
	public boolean isFetchedByPlanner() {
		return this == IMMEDIATE || this == LOCATOR;
	}

}
