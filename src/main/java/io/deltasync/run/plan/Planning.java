package io.deltasync.run.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * The planning of a run as a state machine: the next state after an answer of the
 * adapter.
 *
 * @param plan the state after the answer, without the scopes and the planning scope
 * @param scopes the scopes to fetch from the answer; IMMEDIATE and LOCATOR are one scope
 * that is null
 * @param planningScope the argument of the next planning call; null if there is no next
 * call or its argument is null
 */
record Planning(Plan plan, List<@Nullable Object> scopes, @Nullable Object planningScope) {

	static final String NULL_ANSWER = "returned null; return a FetchStrategy, for example "
			+ "FetchStrategy.noRecords() when there is nothing to fetch";

	private static final Duration SHORTEST_WAIT = Duration.ofSeconds(15);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

	/**
	 * Determines the next state from an answer.
	 * @param before the state before the answer
	 * @param adapter the adapter that answered
	 * @param method the method that returned the answer, for messages
	 * @param answer the answer, or null if the adapter returned null
	 * @param now the current time
	 * @return the next state
	 * @throws PlanningException if the answer is invalid
	 */
	static Planning answer(Plan before, SourceAdapter adapter, String method, @Nullable FetchStrategy answer,
			Instant now) {
		if (answer == null) {
			throw new PlanningException(adapter, method, NULL_ANSWER);
		}
		if (answer instanceof FetchStrategy.NoRecords) {
			return finished(before, answer, List.of());
		}
		if (answer instanceof FetchStrategy.Immediate) {
			require(adapter, method, answer, SourceAdapterForPull.class);
			refuseAfterScopes(before, adapter, method, answer);
			return finished(before, answer, Collections.singletonList(null));
		}
		if (answer instanceof FetchStrategy.QueryLocator) {
			require(adapter, method, answer, SourceAdapterForRowPush.class);
			refuseAfterScopes(before, adapter, method, answer);
			return finished(before, answer, Collections.singletonList(null));
		}
		if (answer instanceof FetchStrategy.Scopes scopes) {
			require(adapter, method, answer, SourceAdapterForPull.class);
			return finished(before, answer, List.copyOf(scopes.scopes()));
		}
		if (answer instanceof FetchStrategy.Delay delay) {
			require(adapter, method, answer, DelayedPlanningAdapter.class);
			return unfinished(before, answer, List.of(), delay.scope(),
					now.plus(wait(delay.minutes(), before.round())));
		}
		FetchStrategy.CumulativeScopes page = (FetchStrategy.CumulativeScopes) answer;
		require(adapter, method, answer, DelayedPlanningAdapter.class);
		require(adapter, method, answer, SourceAdapterScopeSerializer.class);
		if (page.scope() == null) {
			return finished(before, answer, List.copyOf(page.scopes()));
		}
		return unfinished(before, answer, List.copyOf(page.scopes()), page.scope(),
				(page.minutes() != null) ? now.plus(Duration.ofMinutes(page.minutes())) : null);
	}

	/**
	 * Plans the requests that were pushed to the Link, each as a scope. The last number
	 * is the cursor of the run.
	 * @param before the state before
	 * @param ids the numbers of the requests, in order; may be empty
	 * @return the final state
	 */
	static Planning ofPushes(Plan before, List<Long> ids) {
		if (ids.isEmpty()) {
			return finished(before, FetchStrategy.noRecords(), List.of());
		}
		Planning planning = finished(before, FetchStrategy.scopes(ids), List.copyOf(ids));
		return new Planning(planning.plan.withReported(String.valueOf(ids.get(ids.size() - 1)), List.of()),
				planning.scopes, null);
	}

	/**
	 * Returns the wait before the next call. Unless the adapter specifies it, waits grow
	 * by half with each round, from 15 to 90 seconds.
	 */
	private static Duration wait(@Nullable Integer minutes, int round) {
		if (minutes != null) {
			return Duration.ofMinutes(minutes);
		}
		double seconds = SHORTEST_WAIT.toSeconds() * Math.pow(1.5, round);
		return (seconds < LONGEST_WAIT.toSeconds()) ? Duration.ofSeconds((long) seconds) : LONGEST_WAIT;
	}

	private static Planning finished(Plan before, FetchStrategy answer, List<@Nullable Object> scopes) {
		boolean nothing = scopes.isEmpty() && before.nextOrdinal() == 0;
		// NO_RECORDS after scopes means that there are no more scopes: the earlier ones
		// are fetched
		Strategy strategy = nothing ? Strategy.NO_RECORDS
				: (answer instanceof FetchStrategy.NoRecords) ? Strategy.CUMULATIVE_SCOPES : Strategy.of(answer);
		String query = (answer instanceof FetchStrategy.QueryLocator locator) ? locator.query() : null;
		return new Planning(new Plan(strategy, true, total(before, answer), before.nextOrdinal(), before.nextPage(),
				null, before.round() + 1, null, query, before.cursor(), before.warnings()), scopes, null);
	}

	private static Planning unfinished(Plan before, FetchStrategy answer, List<@Nullable Object> scopes,
			@Nullable Object planningScope, @Nullable Instant delayedUntil) {
		// a wait between lists, even empty ones, does not change that lanes fetch them
		Strategy strategy = (before.strategy() == Strategy.CUMULATIVE_SCOPES) ? before.strategy() : Strategy.of(answer);
		return new Planning(
				new Plan(strategy, false, total(before, answer), before.nextOrdinal(), before.nextPage(), null,
						before.round() + 1, delayedUntil, null, before.cursor(), before.warnings()),
				scopes, planningScope);
	}

	private static @Nullable Long total(Plan before, FetchStrategy answer) {
		Long total = answer.checkExpectedTotalRecords();
		return (total != null) ? total : before.expectedTotalRecords();
	}

	private static void require(SourceAdapter adapter, String method, FetchStrategy answer, Class<?> needed) {
		if (!needed.isInstance(adapter)) {
			throw new PlanningException(adapter, method, "answered %s, for which the adapter must implement %s"
				.formatted(answer.checkStrategyType(), needed.getSimpleName()));
		}
	}

	private static void refuseAfterScopes(Plan before, SourceAdapter adapter, String method, FetchStrategy answer) {
		if (before.nextOrdinal() > 0 || before.strategy() == Strategy.CUMULATIVE_SCOPES) {
			throw new PlanningException(adapter, method,
					("answered %s after CUMULATIVE_SCOPES; answer CUMULATIVE_SCOPES, DELAY, SCOPES (a last list) or "
							+ "NO_RECORDS (the end)")
						.formatted(answer.checkStrategyType()));
		}
	}

}
