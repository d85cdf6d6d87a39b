package io.deltasync.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * What an adapter can tell the run while it plans or fetches. Bound to the calling thread
 * for as long as the adapter's method runs and its result is consumed.
 */
public final class RunContext {

	/** How long a cursor may be, in characters. */
	public static final int MAX_CURSOR_LENGTH = 2000;

	private static final ThreadLocal<RunContext> CURRENT = new ThreadLocal<>();

	private @Nullable String cursor;

	private final List<String> warnings = new ArrayList<>();

	/**
	 * Finds the context of the call that this thread is in.
	 * @return the context
	 * @throws IllegalStateException outside a run
	 */
	public static RunContext currentContext() {
		RunContext context = CURRENT.get();
		if (context == null) {
			throw new IllegalStateException("There is no run on this thread: RunContext.currentContext() works inside "
					+ "an adapter's methods and while their result is consumed, on the thread that called them. "
					+ "In a unit test wrap the call: new RunContext().call(() -> adapter.planFetch(context))");
		}
		return context;
	}

	/**
	 * Sets the cursor: whatever the adapter needs to go on from here. Among several calls
	 * the last wins, across scopes the one of the last scope in the order of the plan. It
	 * counts only if the run is successful; the next run then gets it as
	 * {@link LinkContext#lastSuccessfulCursor()} (seed: Delta Sync With Cursors).
	 * @param cursor at most {@value #MAX_CURSOR_LENGTH} characters, not null
	 * @throws IllegalArgumentException when the cursor is null or too long
	 */
	public void setCursor(String cursor) {
		if (cursor == null || cursor.length() > MAX_CURSOR_LENGTH) {
			throw new IllegalArgumentException("A cursor is a text of at most %d characters, but this one %s"
				.formatted(MAX_CURSOR_LENGTH, (cursor == null) ? "is null" : "has " + cursor.length()));
		}
		this.cursor = cursor;
	}

	/**
	 * Says something that an operator should know of this run, shown in its Sync Event. A
	 * warning does not fail the run.
	 * @param message what was found and what to do about it
	 * @throws IllegalArgumentException when it is null
	 */
	public void addWarning(String message) {
		if (message == null) {
			throw new IllegalArgumentException("A warning is a text, but this one is null");
		}
		this.warnings.add(message);
	}

	/**
	 * Tells the cursor that was set last.
	 * @return the cursor, or null when none was set
	 */
	public @Nullable String cursor() {
		return this.cursor;
	}

	/**
	 * Lists what was warned of.
	 * @return the warnings in order; may be empty
	 */
	public List<String> warnings() {
		return List.copyOf(this.warnings);
	}

	/**
	 * Makes this the current context of the thread while something is called. For
	 * DeltaSync itself, and for tests of adapters.
	 * @param <T> the result's type
	 * @param body what to call
	 * @return what the body returned
	 * @throws Exception what the body threw
	 */
	public <T extends @Nullable Object> T call(Callable<T> body) throws Exception {
		RunContext outer = CURRENT.get();
		CURRENT.set(this);
		try {
			return body.call();
		}
		finally {
			if (outer == null) {
				CURRENT.remove();
			}
			else {
				CURRENT.set(outer);
			}
		}
	}

}
