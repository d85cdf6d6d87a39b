package io.deltasync.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * The connection between an adapter's call and the run, for cursors, warnings and
 * commits. Bound to the calling thread while the adapter's method runs and its result is
 * consumed. Not thread-safe.
 */
public final class RunContext {

	/**
	 * The maximum length of a cursor, in characters.
	 */
	public static final int MAX_CURSOR_LENGTH = 2000;

	private static final ThreadLocal<RunContext> CURRENT = new ThreadLocal<>();

	private @Nullable String cursor;

	/**
	 * The number of warnings that are kept. Further warnings are only counted.
	 */
	public static final int MAX_WARNINGS = 20;

	private final List<String> warnings = new ArrayList<>();

	private long warningsLeftOut;

	private @Nullable String description;

	private final Runnable commitCheck;

	private final @Nullable Duration commitLimit;

	/**
	 * Creates a context that allows every commit, for planning, for fetching and for
	 * tests.
	 */
	public RunContext() {
		this(() -> {
		}, null);
	}

	/**
	 * Creates a context for calls of a target. Used by DeltaSync and by tests of targets.
	 * @param commitCheck throws if the target must not commit
	 * @param commitLimit the time within which a commit is allowed after the check; null
	 * for no limit
	 */
	public RunContext(Runnable commitCheck, @Nullable Duration commitLimit) {
		this.commitCheck = commitCheck;
		this.commitLimit = commitLimit;
	}

	/**
	 * Checks that the run still holds its Link. A target calls this method, on the thread
	 * that called the target, immediately before it commits a transaction, sends a
	 * request that cannot be undone, or deletes. Otherwise a process that was suspended
	 * for longer than its lease could, after it resumes, overwrite newer versions that
	 * another run has delivered. The check queries DeltaSync's own database, so call it
	 * once for each transaction or request rather than for each record. Does nothing
	 * outside a run.
	 * @throws RuntimeException if another run may have started, or this cannot be
	 * determined; the target must roll back and let the exception propagate
	 */
	public static void checkBeforeCommit() {
		RunContext context = CURRENT.get();
		if (context != null) {
			context.commitCheck.run();
		}
	}

	/**
	 * Returns the time after {@link #checkBeforeCommit()} during which no other run can
	 * start. A target should, if it can, have its system end transactions that stay idle
	 * for this long. Then even a process that is suspended between the check and the
	 * commit can neither change anything after another run has started nor hold locks
	 * that this other run waits for.
	 * @return the time, at least one second; null outside a run or if there is no limit
	 */
	public static @Nullable Duration commitLimit() {
		RunContext context = CURRENT.get();
		return (context != null) ? context.commitLimit : null;
	}

	/**
	 * Returns the context of the current call.
	 * @return the context, never null
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
	 * Sets the cursor: a text from which the adapter can continue in the next run. The
	 * last call within a scope wins; across scopes, the last scope in the order of the
	 * plan that set one wins. If the run succeeds, the next run receives the cursor as
	 * {@link LinkContext#lastSuccessfulCursor()}; otherwise it is discarded.
	 * @param cursor up to {@value #MAX_CURSOR_LENGTH} characters, not null, and without
	 * U+0000, which PostgreSQL cannot store
	 * @throws IllegalArgumentException if the cursor is null, too long, or has that
	 * character
	 */
	public void setCursor(String cursor) {
		if (cursor == null || cursor.length() > MAX_CURSOR_LENGTH) {
			throw new IllegalArgumentException("A cursor is a text of up to %d characters, but this one %s"
				.formatted(MAX_CURSOR_LENGTH, (cursor == null) ? "is null" : "has " + cursor.length()));
		}
		if (cursor.indexOf('\0') >= 0) {
			throw new IllegalArgumentException(
					"A cursor cannot contain the character U+0000, which not every database can store");
		}
		this.cursor = cursor;
	}

	/**
	 * Adds a warning for operators, which is shown in the Sync Event and does not fail
	 * the run. The first {@value #MAX_WARNINGS} warnings of a scope are kept; further
	 * ones are only counted.
	 * @param message what was found and what to do about it
	 * @throws IllegalArgumentException if the message is null
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
	 * Describes what the run is about to read, such as a table with its condition and
	 * window, or the requests. Called by a source while it plans; {@code plan} shows it.
	 * The last call wins.
	 * @param what what is read, in words, without values of records; not null
	 */
	public void describe(String what) {
		this.description = what;
	}

	/**
	 * Returns what is read, in words.
	 * @return the description, or null if there is none
	 */
	public @Nullable String description() {
		return this.description;
	}

	/**
	 * Returns the cursor that was set last.
	 * @return the cursor, or null if none was set
	 */
	public @Nullable String cursor() {
		return this.cursor;
	}

	/**
	 * Returns the number of warnings beyond those that are kept.
	 * @return the number; 0 if all are kept
	 */
	public long warningsLeftOut() {
		return this.warningsLeftOut;
	}

	/**
	 * Returns the warnings.
	 * @return the first {@value #MAX_WARNINGS} warnings in order, as an unmodifiable copy
	 */
	public List<String> warnings() {
		return List.copyOf(this.warnings);
	}

	/**
	 * Binds this context to the current thread while an action is called. Used by
	 * DeltaSync and by tests of adapters.
	 * @param <T> the result's type
	 * @param body the action
	 * @return the action's result
	 * @throws Exception any exception of the action
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
