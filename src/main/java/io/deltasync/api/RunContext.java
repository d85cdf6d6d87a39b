package io.deltasync.api;

import java.time.Duration;
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

	/** How many warnings are kept; of further ones only their number is. */
	public static final int MAX_WARNINGS = 20;

	private final List<String> warnings = new ArrayList<>();

	private long warningsLeftOut;

	private final Runnable commitCheck;

	private final @Nullable Duration commitLimit;

	/**
	 * Creates a context that allows every commit: while planning or fetching, and in
	 * tests.
	 */
	public RunContext() {
		this(() -> {
		}, null);
	}

	/**
	 * Creates a context for calls of a target. For DeltaSync itself, and for tests of
	 * targets.
	 * @param commitCheck throws when the target must not commit
	 * @param commitLimit how long a commit is allowed after the check; null without limit
	 */
	public RunContext(Runnable commitCheck, @Nullable Duration commitLimit) {
		this.commitCheck = commitCheck;
		this.commitLimit = commitLimit;
	}

	/**
	 * Makes sure that the run still holds its Link. A target calls this on the thread
	 * that called it, as the last thing before it commits or sends what cannot be taken
	 * back; the same before a deletion. Without it, a process that was suspended for
	 * longer than its lease, and wakes up, writes old versions of records over those that
	 * another run has delivered meanwhile. Does nothing outside a run. Asks the database
	 * that DeltaSync stores its state in, so once for each transaction or request, not
	 * for each record.
	 * @throws RuntimeException when another run may have begun, or nobody can tell: undo
	 * what was not committed, and let the exception pass
	 */
	public static void checkBeforeCommit() {
		RunContext context = CURRENT.get();
		if (context != null) {
			context.commitCheck.run();
		}
	}

	/**
	 * Returns for how long after {@link #checkBeforeCommit()} no other run can begin. A
	 * target that can should have its system end a transaction which is idle for that
	 * long: then even a process that is suspended between the check and the commit
	 * changes nothing after another run has begun, nor keeps locks that this one waits
	 * for.
	 * @return the time, at least a second; null outside a run, or where there is no such
	 * time
	 */
	public static @Nullable Duration commitLimit() {
		RunContext context = CURRENT.get();
		return (context != null) ? context.commitLimit : null;
	}

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
	 * {@link LinkContext#lastSuccessfulCursor()}.
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
	 * warning does not fail the run. The first {@value #MAX_WARNINGS} of a scope are
	 * kept, and of the others their number.
	 * @param message what was found and what to do about it
	 * @throws IllegalArgumentException when it is null
	 */
	public void addWarning(String message) {
		if (message == null) {
			throw new IllegalArgumentException("A warning is a text, but this one is null");
		}
		if (this.warnings.size() < MAX_WARNINGS) {
			this.warnings.add(message);
		}
		else {
			this.warningsLeftOut++;
		}
	}

	/**
	 * Tells the cursor that was set last.
	 * @return the cursor, or null when none was set
	 */
	public @Nullable String cursor() {
		return this.cursor;
	}

	/**
	 * Returns how many warnings were given beyond those that are kept.
	 * @return the number; 0 when all are kept
	 */
	public long warningsLeftOut() {
		return this.warningsLeftOut;
	}

	/**
	 * Lists what was warned of.
	 * @return the first {@value #MAX_WARNINGS} warnings in order; may be empty
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
