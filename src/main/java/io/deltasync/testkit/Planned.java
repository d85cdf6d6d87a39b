package io.deltasync.testkit;

import java.util.List;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.SourceAdapter;
import io.deltasync.scope.Plan;
import org.jspecify.annotations.Nullable;

/**
 * The result of planning.
 * 
 * @param answers all strategies in order
 * @param plan the state after the last of them
 * @param scopes the scopes to fetch
 * @param last the instance that returned the last strategy
 */
record Planned(List<FetchStrategy> answers, Plan plan, List<Handed> scopes, SourceAdapter last) {

	/**
	 * A planned scope.
	 *
	 * @param text the scope as text; null for IMMEDIATE and LOCATOR
	 * @param by the instance that planned it; null if it was chained
	 */
	record Handed(@Nullable String text, @Nullable SourceAdapter by) {

	}

}
