package io.deltasync.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The adapter's answer to "how shall I ask you for records?" (seed: FetchStrategy).
 * Immutable. Each factory except {@link #noRecords()} has a form with
 * {@code expectedTotalRecords}: use it whenever the number is known. It is for display
 * only, never a check.
 */
public sealed interface FetchStrategy {

	/** The longest wait that one {@link #delay} can ask for, in minutes. */
	int MAX_MINUTES = 10;

	/**
	 * Fetch at once, in this execution context: the same instance, with a null scope.
	 * @return the strategy IMMEDIATE
	 */
	static FetchStrategy immediate() {
		return new Immediate(null);
	}

	/**
	 * Like {@link #immediate()}, with the number of records.
	 * @param expectedTotalRecords how many records will be fetched, 0 or more
	 * @return the strategy IMMEDIATE
	 * @throws IllegalArgumentException when the number is negative
	 */
	static FetchStrategy immediate(long expectedTotalRecords) {
		return new Immediate(expectedTotalRecords);
	}

	/**
	 * Fetch scope by scope, each in an execution context of its own, perhaps in parallel.
	 * @param scopes whatever the adapter needs to fetch each part; an empty list is the
	 * same as {@link #noRecords()}
	 * @return the strategy SCOPES
	 * @throws IllegalArgumentException when the list or one of its scopes is null
	 */
	static FetchStrategy scopes(List<?> scopes) {
		return new Scopes(checked("scopes", scopes), null);
	}

	/**
	 * Like {@link #scopes(List)}, with the number of records.
	 * @param scopes whatever the adapter needs to fetch each part
	 * @param expectedTotalRecords how many records will be fetched, 0 or more
	 * @return the strategy SCOPES
	 * @throws IllegalArgumentException when the list or one of its scopes is null, or the
	 * number is negative
	 */
	static FetchStrategy scopes(List<?> scopes, long expectedTotalRecords) {
		return new Scopes(checked("scopes", scopes), expectedTotalRecords);
	}

	/**
	 * Wait, then plan again: the adapter must be a {@link DelayedPlanningAdapter}. May be
	 * answered any number of times.
	 * @param minutes how long to wait at least, 0 to 10; null leaves it to DeltaSync (15
	 * to 90 seconds, growing with each round)
	 * @param scope what {@link DelayedPlanningAdapter#planFetchAgain} is given; may be
	 * null
	 * @return the strategy DELAY
	 * @throws IllegalArgumentException when minutes is out of range
	 */
	static FetchStrategy delay(@Nullable Integer minutes, @Nullable Object scope) {
		return new Delay(minutes, scope, null);
	}

	/**
	 * Like {@link #delay(Integer, Object)}, with the number of records.
	 * @param minutes how long to wait at least, 0 to 10; null leaves it to DeltaSync
	 * @param scope what {@link DelayedPlanningAdapter#planFetchAgain} is given; may be
	 * null
	 * @param expectedTotalRecords how many records will be fetched, 0 or more
	 * @return the strategy DELAY
	 * @throws IllegalArgumentException when minutes is out of range, or the number is
	 * negative
	 */
	static FetchStrategy delay(@Nullable Integer minutes, @Nullable Object scope, long expectedTotalRecords) {
		return new Delay(minutes, scope, expectedTotalRecords);
	}

	/**
	 * Hand over some scopes now, and more when asked again: the adapter must be a
	 * {@link DelayedPlanningAdapter} and a {@link SourceAdapterScopeSerializer}.
	 * @param scopes scopes to fetch; may be empty
	 * @param minutes how long to wait before planning goes on, 0 to 10; null: no wait
	 * @param scope what {@link DelayedPlanningAdapter#planFetchAgain} is given; null says
	 * that these were the last scopes
	 * @return the strategy CUMULATIVE_SCOPES
	 * @throws IllegalArgumentException when the list or one of its scopes is null, or
	 * minutes is out of range
	 */
	static FetchStrategy cumulativeScopes(List<?> scopes, @Nullable Integer minutes, @Nullable Object scope) {
		return new CumulativeScopes(checked("cumulativeScopes", scopes), minutes, scope, null);
	}

	/**
	 * Like {@link #cumulativeScopes(List, Integer, Object)}, with the number of records.
	 * Once given it is remembered.
	 * @param scopes scopes to fetch; may be empty
	 * @param minutes how long to wait before planning goes on, 0 to 10; null: no wait
	 * @param scope what {@link DelayedPlanningAdapter#planFetchAgain} is given; null says
	 * that these were the last scopes
	 * @param expectedTotalRecords how many records will be fetched in all, 0 or more
	 * @return the strategy CUMULATIVE_SCOPES
	 * @throws IllegalArgumentException when the list or one of its scopes is null,
	 * minutes is out of range, or the number is negative
	 */
	static FetchStrategy cumulativeScopes(List<?> scopes, @Nullable Integer minutes, @Nullable Object scope,
			long expectedTotalRecords) {
		return new CumulativeScopes(checked("cumulativeScopes", scopes), minutes, scope, expectedTotalRecords);
	}

	/**
	 * Let DeltaSync run a query on the Link's local connection and feed the rows to the
	 * adapter, which must be a {@link SourceAdapterForRowPush}.
	 * @param query a SELECT statement
	 * @return the strategy LOCATOR
	 * @throws IllegalArgumentException when the query is blank
	 */
	static FetchStrategy queryLocator(String query) {
		return new QueryLocator(query, null);
	}

	/**
	 * Like {@link #queryLocator(String)}, with the number of records.
	 * @param query a SELECT statement
	 * @param expectedTotalRecords how many records will be fetched, 0 or more
	 * @return the strategy LOCATOR
	 * @throws IllegalArgumentException when the query is blank, or the number is negative
	 */
	static FetchStrategy queryLocator(String query, long expectedTotalRecords) {
		return new QueryLocator(query, expectedTotalRecords);
	}

	/**
	 * The same as {@link #queryLocator(String)}: the seed uses both names.
	 * @param query a SELECT statement
	 * @return the strategy LOCATOR
	 * @throws IllegalArgumentException when the query is blank
	 */
	static FetchStrategy locator(String query) {
		return queryLocator(query);
	}

	/**
	 * The same as {@link #queryLocator(String, long)}: the seed uses both names.
	 * @param query a SELECT statement
	 * @param expectedTotalRecords how many records will be fetched, 0 or more
	 * @return the strategy LOCATOR
	 * @throws IllegalArgumentException when the query is blank, or the number is negative
	 */
	static FetchStrategy locator(String query, long expectedTotalRecords) {
		return queryLocator(query, expectedTotalRecords);
	}

	/**
	 * There is nothing to fetch: the run is successful at once.
	 * @return the strategy NO_RECORDS
	 */
	static FetchStrategy noRecords() {
		return new NoRecords();
	}

	/**
	 * Names the strategy, for tests and for display.
	 * @return {@code IMMEDIATE}, {@code SCOPES}, {@code DELAY},
	 * {@code CUMULATIVE_SCOPES}, {@code LOCATOR} or {@code NO_RECORDS}
	 */
	String checkStrategyType();

	/**
	 * Tells the number of records that was given, for tests and for display.
	 * @return the number, or null when none was given
	 */
	default @Nullable Long checkExpectedTotalRecords() {
		return null;
	}

	/**
	 * Counts the scopes to fetch that this answer holds, for tests and for display.
	 * @return the number, or null for a strategy without scopes
	 */
	default @Nullable Integer checkScopeCount() {
		return null;
	}

	private static List<Object> checked(String factory, @Nullable List<?> scopes) {
		if (scopes == null) {
			throw new IllegalArgumentException(
					"FetchStrategy.%s: the list of scopes is null; use an empty list, ".formatted(factory)
							+ "or FetchStrategy.noRecords(), when there is nothing to fetch");
		}
		int position = 0;
		for (Object scope : scopes) {
			if (scope == null) {
				throw new IllegalArgumentException(
						"FetchStrategy.%s: scope %d of %d is null (counted from 0); each scope must say what to fetch"
							.formatted(factory, position, scopes.size()));
			}
			position++;
		}
		return List.copyOf(scopes);
	}

	private static void checkTotal(String factory, @Nullable Long expectedTotalRecords) {
		if (expectedTotalRecords != null && expectedTotalRecords < 0) {
			throw new IllegalArgumentException(
					"FetchStrategy.%s: expectedTotalRecords is %d; give 0 or more, or leave it out when it is not known"
						.formatted(factory, expectedTotalRecords));
		}
	}

	private static void checkMinutes(String factory, @Nullable Integer minutes) {
		if (minutes != null && (minutes < 0 || minutes > MAX_MINUTES)) {
			throw new IllegalArgumentException(
					"FetchStrategy.%s: minutes is %d; give 0 to %d, or null to leave it to DeltaSync. To wait longer, "
						.formatted(factory, minutes, MAX_MINUTES) + "answer with another wait from planFetchAgain");
		}
	}

	/**
	 * IMMEDIATE.
	 *
	 * @param expectedTotalRecords how many records there will be, or null
	 */
	record Immediate(@Nullable Long expectedTotalRecords) implements FetchStrategy {

		/**
		 * Creates the strategy.
		 * @param expectedTotalRecords how many records there will be, or null
		 * @throws IllegalArgumentException when the number is negative
		 */
		public Immediate {
			checkTotal("immediate", expectedTotalRecords);
		}

		@Override
		public String checkStrategyType() {
			return "IMMEDIATE";
		}

		@Override
		public @Nullable Long checkExpectedTotalRecords() {
			return this.expectedTotalRecords;
		}

	}

	/**
	 * SCOPES.
	 *
	 * @param scopes the scopes in the order of the plan, none null
	 * @param expectedTotalRecords how many records there will be, or null
	 */
	record Scopes(List<Object> scopes, @Nullable Long expectedTotalRecords) implements FetchStrategy {

		/**
		 * Creates the strategy.
		 * @param scopes the scopes in the order of the plan, none null
		 * @param expectedTotalRecords how many records there will be, or null
		 * @throws IllegalArgumentException when the number is negative
		 */
		public Scopes {
			checkTotal("scopes", expectedTotalRecords);
		}

		@Override
		public String checkStrategyType() {
			return "SCOPES";
		}

		@Override
		public @Nullable Long checkExpectedTotalRecords() {
			return this.expectedTotalRecords;
		}

		@Override
		public Integer checkScopeCount() {
			return this.scopes.size();
		}

	}

	/**
	 * DELAY.
	 *
	 * @param minutes how long to wait at least, or null
	 * @param scope the planning scope, or null
	 * @param expectedTotalRecords how many records there will be, or null
	 */
	record Delay(@Nullable Integer minutes, @Nullable Object scope,
			@Nullable Long expectedTotalRecords) implements FetchStrategy {

		/**
		 * Creates the strategy.
		 * @param minutes how long to wait at least, or null
		 * @param scope the planning scope, or null
		 * @param expectedTotalRecords how many records there will be, or null
		 * @throws IllegalArgumentException when minutes is out of range, or the number is
		 * negative
		 */
		public Delay {
			checkMinutes("delay", minutes);
			checkTotal("delay", expectedTotalRecords);
		}

		@Override
		public String checkStrategyType() {
			return "DELAY";
		}

		@Override
		public @Nullable Long checkExpectedTotalRecords() {
			return this.expectedTotalRecords;
		}

	}

	/**
	 * CUMULATIVE_SCOPES.
	 *
	 * @param scopes the scopes of this page, none null
	 * @param minutes how long to wait before planning goes on, or null
	 * @param scope the planning scope of the next page, or null when this is the last
	 * @param expectedTotalRecords how many records there will be in all, or null
	 */
	record CumulativeScopes(List<Object> scopes, @Nullable Integer minutes, @Nullable Object scope,
			@Nullable Long expectedTotalRecords) implements FetchStrategy {

		/**
		 * Creates the strategy.
		 * @param scopes the scopes of this page, none null
		 * @param minutes how long to wait before planning goes on, or null
		 * @param scope the planning scope of the next page, or null when this is the last
		 * @param expectedTotalRecords how many records there will be in all, or null
		 * @throws IllegalArgumentException when minutes is out of range, or the number is
		 * negative
		 */
		public CumulativeScopes {
			checkMinutes("cumulativeScopes", minutes);
			checkTotal("cumulativeScopes", expectedTotalRecords);
		}

		@Override
		public String checkStrategyType() {
			return "CUMULATIVE_SCOPES";
		}

		@Override
		public @Nullable Long checkExpectedTotalRecords() {
			return this.expectedTotalRecords;
		}

		@Override
		public Integer checkScopeCount() {
			return this.scopes.size();
		}

	}

	/**
	 * LOCATOR.
	 *
	 * @param query the SELECT statement
	 * @param expectedTotalRecords how many records there will be, or null
	 */
	record QueryLocator(String query, @Nullable Long expectedTotalRecords) implements FetchStrategy {

		/**
		 * Creates the strategy.
		 * @param query the SELECT statement
		 * @param expectedTotalRecords how many records there will be, or null
		 * @throws IllegalArgumentException when the query is blank, or the number is
		 * negative
		 */
		public QueryLocator {
			if (query == null || query.isBlank()) {
				throw new IllegalArgumentException(
						"FetchStrategy.queryLocator: the query is empty; give a SELECT statement");
			}
			checkTotal("queryLocator", expectedTotalRecords);
		}

		@Override
		public String checkStrategyType() {
			return "LOCATOR";
		}

		@Override
		public @Nullable Long checkExpectedTotalRecords() {
			return this.expectedTotalRecords;
		}

	}

	/**
	 * NO_RECORDS.
	 */
	record NoRecords() implements FetchStrategy {

		@Override
		public String checkStrategyType() {
			return "NO_RECORDS";
		}

	}

}
