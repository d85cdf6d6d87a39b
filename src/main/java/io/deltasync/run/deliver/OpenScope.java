package io.deltasync.run.deliver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.deltasync.api.RunContext;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import org.jspecify.annotations.Nullable;

/**
 * A scope that a lane has started and whose end is not stored yet, with the counts of its
 * records. Only the {@code LaneWriter} changes it, not the thread of the lane.
 */
public final class OpenScope {

	private final ScopePage page;

	private final int position;

	private boolean atEnd;

	private @Nullable String failure;

	private @Nullable String cursor;

	private List<String> warnings = List.of();

	private long warningsLeftOut;

	private final RecordCounter records = new RecordCounter();

	private Map<String, Long> ignoredReasons = Map.of();

	private long notStored;

	private int maxRejects;

	public OpenScope(ScopePage page, int position) {
		this.page = page;
		this.position = position;
	}

	public ScopePage page() {
		return this.page;
	}

	/** Returns the position of the scope in its page, from 0. */
	public int position() {
		return this.position;
	}

	public ScopeEntry entry() {
		return this.page.scopes().get(this.position);
	}

	/**
	 * Creates a savepoint of the scope's state.
	 * @return restores the state; may be run repeatedly
	 */
	public Runnable savepoint() {
		boolean atEndThen = this.atEnd;
		String failureThen = this.failure;
		String cursorThen = this.cursor;
		List<String> warningsThen = this.warnings;
		long leftOutThen = this.warningsLeftOut;
		RecordCounts countsThen = counts();
		long notStoredThen = this.notStored;
		Map<String, Long> reasonsThen = new LinkedHashMap<>(this.ignoredReasons);
		return () -> {
			this.atEnd = atEndThen;
			this.failure = failureThen;
			this.cursor = cursorThen;
			this.warnings = warningsThen;
			this.warningsLeftOut = leftOutThen;
			this.records.reset(countsThen);
			this.notStored = notStoredThen;
			this.ignoredReasons = reasonsThen.isEmpty() ? Map.of() : new LinkedHashMap<>(reasonsThen);
		};
	}

	/**
	 * Resolves a failure that was counted in this scope: a newer version of the record
	 * was delivered.
	 */
	void supersede() {
		this.records.acknowledge();
	}

	public void count(BatchRecord batchRecord) {
		Outcome outcome = batchRecord.outcome();
		this.records.count(batchRecord.record, outcome, batchRecord.acknowledged);
		if (batchRecord.refusedByMaxRejects > 0) {
			this.notStored++;
			this.maxRejects = batchRecord.refusedByMaxRejects;
		}
		String reason = batchRecord.record.ignoreReason();
		if (outcome == Outcome.IGNORED && reason != null) {
			countReason(IgnoredReasons.of(reason));
		}
	}

	/** Counts records that are at the target as they would be written. */
	public void countSame(long same) {
		this.records.reset(counts().plus(RecordCounts.written(same)));
	}

	private void countReason(String reason) {
		if (this.ignoredReasons.isEmpty()) {
			this.ignoredReasons = new LinkedHashMap<>();
		}
		boolean listed = this.ignoredReasons.size() < IgnoredReasons.MAX_REASONS
				|| this.ignoredReasons.containsKey(reason);
		this.ignoredReasons.merge(listed ? reason : IgnoredReasons.OTHER, 1L, Long::sum);
	}

	/** Returns the number of ignored records for each reason. */
	public Map<String, Long> ignoredReasons() {
		return this.ignoredReasons;
	}

	public RecordCounts counts() {
		return this.records.counts();
	}

	/**
	 * Marks the end of the scope, with the cursor and the warnings of the adapter; its
	 * cursor takes precedence. A scope whose rejects are not all stored fails, because it
	 * must be fetched again to deliver them.
	 * @param callContext the context of the adapter's calls
	 */
	public void end(RunContext callContext) {
		this.atEnd = true;
		if (this.notStored > 0) {
			this.failure = ("%d of its records failed and are counted but not stored, because the run has reached the Link's "
					+ "max-rejects of %d. Correct the cause of the failures, or raise max-rejects; a restart, a replay or "
					+ "the next run fetches the scope again")
				.formatted(this.notStored, this.maxRejects);
		}
		this.cursor = (callContext.cursor() != null) ? callContext.cursor() : this.cursor;
		addWarnings(callContext);
	}

	/** Adds the cursor and the warnings of filters and target. */
	public void addWarningsOf(RunContext callContext) {
		this.cursor = (this.cursor == null) ? callContext.cursor() : this.cursor;
		addWarnings(callContext);
	}

	/** Adds warnings up to a limit, because a scope may be as long as the run. */
	private void addWarnings(RunContext callContext) {
		List<String> added = callContext.warnings();
		if (!added.isEmpty()) {
			int room = Math.min(added.size(), RunContext.MAX_WARNINGS - this.warnings.size());
			this.warnings = Stream.concat(this.warnings.stream(), added.stream().limit(room)).toList();
			this.warningsLeftOut += added.size() - room + callContext.warningsLeftOut();
		}
	}

	/** Returns the warnings from fetching and delivering the scope. */
	public List<String> warnings() {
		return (this.warningsLeftOut == 0) ? this.warnings
				: Stream
					.concat(this.warnings.stream(),
							Stream.of("and %d more warnings of this scope".formatted(this.warningsLeftOut)))
					.toList();
	}

	/**
	 * Marks the scope as failed and keeps the warnings that the adapter added before the
	 * failure.
	 */
	public void fail(String message, RunContext callContext) {
		this.atEnd = true;
		this.failure = message;
		addWarnings(callContext);
	}

	public boolean isAtEnd() {
		return this.atEnd;
	}

	public @Nullable String failure() {
		return this.failure;
	}

	public @Nullable String cursor() {
		return this.cursor;
	}

}
