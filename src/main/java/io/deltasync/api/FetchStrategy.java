package io.deltasync.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A source adapter's decision on how its records are fetched. Immutable, provided that
 * the scopes are. Each factory method except {@link #noRecords()} has a variant with
 * {@code expectedTotalRecords}, which should be used whenever the number is known. The
 * number is only displayed and never checked.
 * <p>
 * The strategies are nested here so that the interface is sealed: no other strategy
 * exists. Adapters call the factory methods and need none of the nested types.
 */
public sealed interface FetchStrategy {

	/**
	 * The longest wait that one {@link #delay} can request, in minutes.
	 */
	int MAX_MINUTES = 10;

	/**
	 * Returns the strategy IMMEDIATE: the records are fetched at once, in the same
	 * execution context, on the same instance and with a null scope.
	 * @return the strategy IMMEDIATE
	 */
	static FetchStrategy immediate() {
		return new Immediate(null);
	}

	/**
	 * Returns the strategy IMMEDIATE, with the expected number of records.
	 * @param expectedTotalRecords the expected number of records, 0 or more
	 * @return the strategy IMMEDIATE
	 * @throws IllegalArgumentException if the number is negative
	 */
	static FetchStrategy immediate(long expectedTotalRecords) {
		return new Immediate(expectedTotalRecords);
	}

	/**
	 * Returns the strategy SCOPES: each scope is fetched in its own execution context,
	 * possibly in parallel.
	 * @param scopes objects that tell the adapter which part to fetch; an empty list is
	 * equivalent to {@link #noRecords()}
	 * @return the strategy SCOPES
	 * @throws IllegalArgumentException if the list or one of its scopes is null
	 */
	static FetchStrategy scopes(List<?> scopes) {
		return new Scopes(checked("scopes", scopes), null);
	}

	/**
	 * Returns the strategy SCOPES, with the expected number of records.
	 * @param scopes objects that tell the adapter which part to fetch
	 * @param expectedTotalRecords the expected number of records, 0 or more
	 * @return the strategy SCOPES
	 * @throws IllegalArgumentException if the list or one of its scopes is null, or the
	 * number is negative
	 */
	static FetchStrategy scopes(List<?> scopes, long expectedTotalRecords) {
		return new Scopes(checked("scopes", scopes), expectedTotalRecords);
	}

	/**
	 * Returns the strategy DELAY: planning continues after a wait. The adapter must be a
	 * {@link DelayedPlanningAdapter}. A run may use this strategy any number of times.
	 * @param minutes the minimum wait in minutes, 0 to 10; null lets DeltaSync choose (15
	 * to 90 seconds, increasing with each round)
	 * @param scope the planning scope for {@link DelayedPlanningAdapter#planFetchAgain};
	 * may be null
	 * @return the strategy DELAY
	 * @throws IllegalArgumentException if minutes is out of range
	 */
	static FetchStrategy delay(@Nullable Integer minutes, @Nullable Object scope) {
		return new Delay(minutes, scope, null);
	}

	/**
	 * Returns the strategy DELAY, with the expected number of records.
	 * @param minutes the minimum wait in minutes, 0 to 10; null lets DeltaSync choose
	 * @param scope the planning scope for {@link DelayedPlanningAdapter#planFetchAgain};
	 * may be null
	 * @param expectedTotalRecords the expected number of records, 0 or more
	 * @return the strategy DELAY
	 * @throws IllegalArgumentException if minutes is out of range or the number is
	 * negative
	 */
	static FetchStrategy delay(@Nullable Integer minutes, @Nullable Object scope, long expectedTotalRecords) {
		return new Delay(minutes, scope, expectedTotalRecords);
	}

	/**
	 * Returns the strategy CUMULATIVE_SCOPES: some scopes are returned now, and more when
	 * planning continues. The adapter must be a {@link DelayedPlanningAdapter} and a
	 * {@link SourceAdapterScopeSerializer}.
	 * @param scopes the scopes to fetch; may be empty
	 * @param minutes the wait before planning continues, in minutes, 0 to 10; null for no
	 * wait
	 * @param scope the planning scope for {@link DelayedPlanningAdapter#planFetchAgain};
	 * null if these are the last scopes
	 * @return the strategy CUMULATIVE_SCOPES
	 * @throws IllegalArgumentException if the list or one of its scopes is null, or
	 * minutes is out of range
	 */
	static FetchStrategy cumulativeScopes(List<?> scopes, @Nullable Integer minutes, @Nullable Object scope) {
		return new CumulativeScopes(checked("cumulativeScopes", scopes), minutes, scope, null);
	}

	/**
	 * Returns the strategy CUMULATIVE_SCOPES, with the expected number of records. The
	 * number remains in effect for later calls that do not give one.
	 * @param scopes the scopes to fetch; may be empty
	 * @param minutes the wait before planning continues, in minutes, 0 to 10; null for no
	 * wait
	 * @param scope the planning scope for {@link DelayedPlanningAdapter#planFetchAgain};
	 * null if these are the last scopes
	 * @param expectedTotalRecords the expected total number of records, 0 or more
	 * @return the strategy CUMULATIVE_SCOPES
	 * @throws IllegalArgumentException if the list or one of its scopes is null, minutes
	 * is out of range, or the number is negative
	 */
	static FetchStrategy cumulativeScopes(List<?> scopes, @Nullable Integer minutes, @Nullable Object scope,
			long expectedTotalRecords) {
		return new CumulativeScopes(checked("cumulativeScopes", scopes), minutes, scope, expectedTotalRecords);
	}

	/**
	 * Returns the strategy LOCATOR: DeltaSync runs a query on the Link's local connection
	 * and passes the rows to the adapter, which must be a
	 * {@link SourceAdapterForRowPush}.
	 * @param query a SELECT statement
	 * @return the strategy LOCATOR
	 * @throws IllegalArgumentException if the query is null or blank
	 */
	static FetchStrategy queryLocator(String query) {
		return new QueryLocator(query, null);
	}

	/**
	 * Returns the strategy LOCATOR, with the expected number of records.
	 * @param query a SELECT statement
	 * @param expectedTotalRecords the expected number of records, 0 or more
	 * @return the strategy LOCATOR
	 * @throws IllegalArgumentException if the query is null or blank, or the number is
	 * negative
	 */
	static FetchStrategy queryLocator(String query, long expectedTotalRecords) {
		return new QueryLocator(query, expectedTotalRecords);
	}

	/**
	 * Returns the strategy LOCATOR. A shorter name for {@link #queryLocator(String)}.
	 * @param query a SELECT statement
	 * @return the strategy LOCATOR
	 * @throws IllegalArgumentException if the query is null or blank
	 */
	static FetchStrategy locator(String query) {
		return queryLocator(query);
	}

	/**
	 * Returns the strategy LOCATOR, with the expected number of records. A shorter name
	 * for {@link #queryLocator(String, long)}.
	 * @param query a SELECT statement
	 * @param expectedTotalRecords the expected number of records, 0 or more
	 * @return the strategy LOCATOR
	 * @throws IllegalArgumentException if the query is null or blank, or the number is
	 * negative
	 */
	static FetchStrategy locator(String query, long expectedTotalRecords) {
		return queryLocator(query, expectedTotalRecords);
	}

	/**
	 * Returns the strategy NO_RECORDS: there is nothing to fetch, and the run succeeds at
	 * once.
	 * @return the strategy NO_RECORDS
	 */
	static FetchStrategy noRecords() {
		return new NoRecords();
	}

	/**
	 * Returns the type of the strategy, for tests and for display.
	 * @return {@code IMMEDIATE}, {@code SCOPES}, {@code DELAY},
	 * {@code CUMULATIVE_SCOPES}, {@code LOCATOR} or {@code NO_RECORDS}
	 */
	String checkStrategyType();

	/**
	 * Returns the expected number of records, for tests and for display.
	 * @return the number, or null if none was given
	 */
	default @Nullable Long checkExpectedTotalRecords() {
		return null;
	}

	/**
	 * Returns the number of scopes to fetch, for tests and for display.
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
	 * The strategy IMMEDIATE.
	 *
	 * @param expectedTotalRecords the expected number of records, or null
	 */
	record Immediate(@Nullable Long expectedTotalRecords) implements FetchStrategy {

		/**
		 * Creates the strategy.
		 * @param expectedTotalRecords the expected number of records, or null
		 * @throws IllegalArgumentException if the number is negative
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
	 * The strategy SCOPES.
	 *
	 * @param scopes the scopes in the order of the plan, none null
	 * @param expectedTotalRecords the expected number of records, or null
	 */
	record Scopes(List<Object> scopes, @Nullable Long expectedTotalRecords) implements FetchStrategy {

		/**
		 * Creates the strategy.
		 * @param scopes the scopes in the order of the plan, none null
		 * @param expectedTotalRecords the expected number of records, or null
		 * @throws IllegalArgumentException if the number is negative
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
	 * The strategy DELAY.
	 *
	 * @param minutes the minimum wait in minutes, or null
	 * @param scope the planning scope, or null
	 * @param expectedTotalRecords the expected number of records, or null
	 */
	record Delay(@Nullable Integer minutes, @Nullable Object scope,
			@Nullable Long expectedTotalRecords) implements FetchStrategy {

		/**
		 * Creates the strategy.
		 * @param minutes the minimum wait in minutes, or null
		 * @param scope the planning scope, or null
		 * @param expectedTotalRecords the expected number of records, or null
		 * @throws IllegalArgumentException if minutes is out of range or the number is
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
	 * The strategy CUMULATIVE_SCOPES.
	 *
	 * @param scopes the scopes of this page, none null
	 * @param minutes the wait before planning continues, in minutes, or null
	 * @param scope the planning scope of the next page, or null if this page is the last
	 * @param expectedTotalRecords the expected total number of records, or null
	 */
	record CumulativeScopes(List<Object> scopes, @Nullable Integer minutes, @Nullable Object scope,
			@Nullable Long expectedTotalRecords) implements FetchStrategy {

		/**
		 * Creates the strategy.
		 * @param scopes the scopes of this page, none null
		 * @param minutes the wait before planning continues, in minutes, or null
		 * @param scope the planning scope of the next page, or null if this page is the
		 * last
		 * @param expectedTotalRecords the expected total number of records, or null
		 * @throws IllegalArgumentException if minutes is out of range or the number is
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
	 * The strategy LOCATOR.
	 *
	 * @param query the SELECT statement
	 * @param expectedTotalRecords the expected number of records, or null
	 */
	record QueryLocator(String query, @Nullable Long expectedTotalRecords) implements FetchStrategy {

		/**
		 * Creates the strategy.
		 * @param query the SELECT statement
		 * @param expectedTotalRecords the expected number of records, or null
		 * @throws IllegalArgumentException if the query is null or blank, or the number
		 * is negative
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
	 * The strategy NO_RECORDS.
	 */
	record NoRecords() implements FetchStrategy {

		@Override
		public String checkStrategyType() {
			return "NO_RECORDS";
		}

	}

}
