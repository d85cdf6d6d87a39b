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
 * What came of a run in memory.
 */
public final class AdapterRun {

	private final LinkContext context;

	private final Planned planned;

	private final List<FetchedScope> fetched;

	AdapterRun(LinkContext context, Planned planned, List<FetchedScope> fetched) {
		this.context = context;
		this.planned = planned;
		this.fetched = fetched;
	}

	/**
	 * Lists what the adapter answered while planning.
	 * @return all answers in order
	 */
	public List<FetchStrategy> answers() {
		return this.planned.answers();
	}

	/**
	 * Names what the adapter answered while planning.
	 * @return the types of all answers in order, such as {@code DELAY}
	 */
	public List<String> strategies() {
		return answers().stream().map(FetchStrategy::checkStrategyType).toList();
	}

	/**
	 * Names the strategy that decided the fetching, as the Sync Event shows it.
	 * @return the type of the last answer; {@code NO_RECORDS} when nothing was handed
	 * over, {@code CUMULATIVE_SCOPES} when NO_RECORDS only said that there is no more
	 */
	public String strategy() {
		return this.planned.plan().strategy();
	}

	/**
	 * Tells how many records the adapter expected.
	 * @return the number that was given last, or null when none was
	 */
	public @Nullable Long expectedTotalRecords() {
		return this.planned.plan().expectedTotalRecords();
	}

	/**
	 * Tells the query of LOCATOR.
	 * @return the query, or null after any other strategy
	 */
	public @Nullable String query() {
		return this.planned.plan().locatorQuery();
	}

	/**
	 * Lists the scopes as the adapter got them for fetching, chained ones included.
	 * @return the scopes in order; empty after IMMEDIATE and LOCATOR
	 */
	public List<Object> scopes() {
		return this.fetched.stream().map(FetchedScope::scope).filter(Objects::nonNull).toList();
	}

	/**
	 * Lists the records of all scopes.
	 * @return the records in the order of the scopes; of a failed scope those that came
	 * before it failed
	 */
	public List<RecordInFlight> records() {
		return records(this.fetched.stream());
	}

	/**
	 * Lists the records of one scope.
	 * @param scope one of {@link #scopes()}, or an object that is equal to one or stored
	 * with the same text; null for what was fetched without a scope
	 * @return the records in order
	 * @throws AssertionError when there is no such scope
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
	 * Tells the cursor that this run hands to the next: of the cursors set while fetching
	 * that of the last scope that set one, however they were scheduled; else the last one
	 * set while planning.
	 * @return the cursor; null when none was set, and after a failure
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
	 * Lists what the adapter warned of.
	 * @return the warnings of planning, then those of the scopes in order
	 */
	public List<String> warnings() {
		return Stream
			.concat(this.planned.plan().warnings().stream(),
					this.fetched.stream().flatMap((scope) -> scope.warnings().stream()))
			.toList();
	}

	/**
	 * Lists the scopes that could not be fetched to their end.
	 * @return the failures in the order of the scopes; may be empty
	 */
	public List<FailedScope> failures() {
		return this.fetched.stream()
			.filter((scope) -> scope.failure() != null)
			.map((scope) -> new FailedScope(scope.scope(), Objects.requireNonNull(scope.failure())))
			.toList();
	}

	/**
	 * Tells whether the next run would go on from here: no scope failed, and the adapter
	 * marked no record as failed.
	 * @return true if so
	 */
	public boolean isSuccessful() {
		return failures().isEmpty() && records().stream().noneMatch(RecordInFlight::isFailed);
	}

	/**
	 * Makes the context of the delta run after this one. After a success it has this
	 * run's timestamp and cursor, if none was set the cursor before; after a failure the
	 * window is the same as before.
	 * @param runTimestamp the timestamp of that run
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

	private static List<RecordInFlight> records(Stream<FetchedScope> scopes) {
		return scopes.flatMap((scope) -> scope.records().stream()).toList();
	}

}
