package io.deltasync.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run in memory. All lists are unmodifiable.
 */
public final class AdapterRun {

	private final LinkContext context;

	private final Planned planned;

	private final List<FetchedScope> fetched;

	private boolean acknowledged;

	AdapterRun(LinkContext context, Planned planned, List<FetchedScope> fetched) {
		this.context = context;
		this.planned = planned;
		this.fetched = fetched;
	}

	/**
	 * Returns the strategies that the adapter returned while planning.
	 * @return the strategies in order
	 */
	public List<FetchStrategy> answers() {
		return this.planned.answers();
	}

	/**
	 * Returns the types of the strategies that the adapter returned while planning.
	 * @return the types in order, such as {@code DELAY}
	 */
	public List<String> strategies() {
		return answers().stream().map(FetchStrategy::checkStrategyType).toList();
	}

	/**
	 * Returns the type of the strategy that decided the fetching, as the Sync Event shows
	 * it.
	 * @return the type of the last strategy; {@code NO_RECORDS} if there was no scope to
	 * fetch, {@code CUMULATIVE_SCOPES} if NO_RECORDS only ended the list of scopes
	 */
	public String strategy() {
		return this.planned.plan().strategy().name();
	}

	/**
	 * Returns the number of records that the adapter expected.
	 * @return the last number it gave, or null if it gave none
	 */
	public @Nullable Long expectedTotalRecords() {
		return this.planned.plan().expectedTotalRecords();
	}

	/**
	 * Returns the query of LOCATOR.
	 * @return the query, or null for any other strategy
	 */
	public @Nullable String query() {
		return this.planned.plan().locatorQuery();
	}

	/**
	 * Returns the scopes as they were passed to the adapter, including chained scopes.
	 * @return the scopes in order; empty after IMMEDIATE without a chain and after
	 * LOCATOR
	 */
	public List<Object> scopes() {
		return this.fetched.stream().map(FetchedScope::scope).filter(Objects::nonNull).toList();
	}

	/**
	 * Returns the records of all scopes.
	 * @return the records in the order of the scopes; of a failed scope, those fetched
	 * before the failure
	 */
	public List<RecordInFlight> records() {
		return records(this.fetched.stream());
	}

	/**
	 * Returns the records of one scope.
	 * @param scope one of {@link #scopes()}, or an object that equals one or is stored as
	 * the same text; null for the records that were fetched without a scope
	 * @return the records in order
	 * @throws AssertionError if there is no such scope
	 */
	public List<RecordInFlight> recordsOf(@Nullable Object scope) {
		ScopeMatch match = new ScopeMatch(this.planned.last(), scope);
		List<FetchedScope> found = this.fetched.stream().filter(match::matches).toList();
		if (found.isEmpty()) {
			throw new AssertionError("no scope %s was fetched; there are: %s".formatted(match,
					this.fetched.stream().limit(20).map(FetchedScope::excerpt).toList()));
		}
		return records(found.stream());
	}

	/**
	 * Returns the cursor for the next run: the one of the last scope that set a cursor,
	 * in the order of the scopes, or otherwise the last one set while planning.
	 * @return the cursor; null if none was set or the run was not successful
	 */
	public @Nullable String cursor() {
		if (!isSuccessful()) {
			return null;
		}
		return this.fetched.stream()
			.map(FetchedScope::cursor)
			.filter(Objects::nonNull)
			.reduce((first, second) -> second)
			.orElse(this.planned.plan().cursor());
	}

	/**
	 * Returns the warnings of the adapter.
	 * @return the warnings of planning, followed by those of the scopes in order
	 */
	public List<String> warnings() {
		return Stream
			.concat(this.planned.plan().warnings().stream(),
					this.fetched.stream().flatMap((scope) -> scope.warnings().stream()))
			.toList();
	}

	/**
	 * Returns the scopes that could not be fetched completely.
	 * @return the failures in the order of the scopes; may be empty
	 */
	public List<FailedScope> failures() {
		return this.fetched.stream()
			.filter((scope) -> scope.failure() != null)
			.map((scope) -> new FailedScope(scope.scope(), Objects.requireNonNull(scope.failure())))
			.toList();
	}

	/**
	 * Whether the run was successful: no scope failed, and the adapter marked no record
	 * as failed. The next run then continues from here.
	 * @return true if the run was successful
	 */
	public boolean isSuccessful() {
		return failures().isEmpty() && records().stream().noneMatch(RecordInFlight::isFailed);
	}

	/**
	 * Creates the context of the delta run that follows. After a successful run it has
	 * this run's timestamp, and this run's cursor or, if it set none, the previous
	 * cursor. Otherwise the window is the same as before.
	 * @param runTimestamp the timestamp of the following run
	 * @return the context
	 */
	public LinkContext nextContext(Instant runTimestamp) {
		LinkContext.Builder next = this.context.toBuilder().runTimestamp(runTimestamp).fullRun(false);
		if (isSuccessful() && !this.context.testingMode() && !this.context.isReplay()) {
			next.lastSuccessfulSync(this.context.runTimestamp());
			next.lastSuccessfulCursor((cursor() != null) ? cursor() : this.context.lastSuccessfulCursor());
		}
		return next.build();
	}

	/**
	 * Whether the adapter was told of the success by
	 * {@link io.deltasync.api.SourceAdapterForAcknowledge#runSucceeded}.
	 * @return true after a successful run of an adapter that implements it; false after
	 * testing runs and replays
	 */
	public boolean isAcknowledged() {
		return this.acknowledged;
	}

	void noteAcknowledged() {
		this.acknowledged = true;
	}

	private static List<RecordInFlight> records(Stream<FetchedScope> scopes) {
		return scopes.flatMap((scope) -> scope.records().stream()).toList();
	}

}
