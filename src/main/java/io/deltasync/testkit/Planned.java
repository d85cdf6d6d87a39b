package io.deltasync.testkit;

import java.util.List;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.SourceAdapter;
import io.deltasync.scope.Plan;
import org.jspecify.annotations.Nullable;

/**
 * What came of planning.
 *
 * @param answers all answers in order
 * @param plan the state after the last of them
 * @param scopes the scopes to fetch
 * @param last the instance that gave the last answer
 */
record Planned(List<FetchStrategy> answers, Plan plan, List<Handed> scopes, SourceAdapter last) {

	/**
	 * A scope that was handed over.
	 *
	 * @param text the scope as text; null for IMMEDIATE and LOCATOR
	 * @param by the instance that planned it; null if it was chained
	 */
	record Handed(@Nullable String text, @Nullable SourceAdapter by) {

	}

}
