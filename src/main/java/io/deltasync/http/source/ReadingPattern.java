package io.deltasync.http.source;

import java.io.IOException;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * A way in which an API gives its records. Confined to one execution context.
 */
interface ReadingPattern {

	/**
	 * Plans a run.
	 * @throws IOException if the server cannot be reached
	 */
	FetchStrategy plan(LinkContext context) throws IOException, InterruptedException;

	/**
	 * Continues planning.
	 * @param scope what {@link #plan} or an earlier call has returned
	 * @throws IOException if the server cannot be reached
	 */
	default FetchStrategy planAgain(LinkContext context, HttpScope scope) throws IOException, InterruptedException {
		throw new IllegalStateException(
				"This Link is not planned in steps, but a step of another configuration is left: " + scope
						+ "; start a new run");
	}

	/**
	 * Fetches a scope.
	 * @param scope a scope of the plan; null if this instance has just planned
	 * @throws IOException if the server cannot be reached
	 */
	Iterable<RecordInFlight> fetch(LinkContext context, @Nullable HttpScope scope)
			throws IOException, InterruptedException;

	/**
	 * Returns the scope that the one that was fetched leads to; null if it was the last.
	 */
	default @Nullable HttpScope next() {
		return null;
	}

	/**
	 * Ends a successful run.
	 * @param scopes the scopes that the run has fetched
	 * @throws IOException if the server cannot be reached
	 */
	default void succeeded(Iterable<?> scopes) throws IOException, InterruptedException {
	}

	/**
	 * Ends a run that was not successful and will not be restarted.
	 * @param scopes the scopes of its plan, and the one with which planning would have
	 * continued
	 * @throws IOException if the server cannot be reached
	 */
	default void abandoned(Iterable<?> scopes) throws IOException, InterruptedException {
	}

}
