package io.deltasync.run;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.scope.Plan;
import org.jspecify.annotations.Nullable;

/**
 * The planning of a run as a state machine: what follows from one answer of the adapter
 * (seed: FetchStrategy; DESIGN 2.2).
 *
 * @param plan the state after the answer; the scopes are not yet counted in it
 * @param scopes the scopes to fetch that the answer handed over; IMMEDIATE and LOCATOR
 * are one scope that is null
 */
record Planning(Plan plan, List<@Nullable Object> scopes) {

	/**
	 * Takes an answer.
	 * @param before the state before
	 * @param adapter the adapter that answered
	 * @param method the method that it answered from, for messages
	 * @param answer the answer, null if the adapter returned that
	 * @param now the time
	 * @return what follows
	 * @throws PlanningException when the answer makes no sense
	 */
	static Planning answer(Plan before, SourceAdapter adapter, String method, @Nullable FetchStrategy answer,
			Instant now) {
		if (answer == null) {
			throw new PlanningException(adapter, method, "returned null; return a FetchStrategy, for example "
					+ "FetchStrategy.noRecords() when there is nothing to fetch");
		}
		Long total = (answer.checkExpectedTotalRecords() != null) ? answer.checkExpectedTotalRecords()
				: before.expectedTotalRecords();
		if (answer instanceof FetchStrategy.NoRecords) {
			return finished(before, answer.checkStrategyType(), total, List.of());
		}
		if (answer instanceof FetchStrategy.Immediate) {
			require(adapter, method, answer, SourceAdapterForPull.class);
			return finished(before, answer.checkStrategyType(), total, Collections.singletonList(null));
		}
		if (answer instanceof FetchStrategy.Scopes scopes) {
			require(adapter, method, answer, SourceAdapterForPull.class);
			return scopes.scopes().isEmpty() ? finished(before, "NO_RECORDS", total, List.of())
					: finished(before, answer.checkStrategyType(), total, List.copyOf(scopes.scopes()));
		}
		throw new PlanningException(adapter, method,
				"answered %s, which this version cannot do yet; answer IMMEDIATE, SCOPES or NO_RECORDS"
					.formatted(answer.checkStrategyType()));
	}

	private static Planning finished(Plan before, String strategy, @Nullable Long total,
			List<@Nullable Object> scopes) {
		return new Planning(new Plan(strategy, true, total, before.nextOrdinal(), before.nextPage(), null,
				before.round() + 1, null, null, before.cursor(), before.warnings()), scopes);
	}

	private static void require(SourceAdapter adapter, String method, FetchStrategy answer, Class<?> needed) {
		if (!needed.isInstance(adapter)) {
			throw new PlanningException(adapter, method, "answered %s, for which the adapter must implement %s"
				.formatted(answer.checkStrategyType(), needed.getSimpleName()));
		}
	}

}
