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
 * A scope that a lane has begun and whose end is not stored yet. Counts what was
 * delivered of it. What changes in it is the {@code LaneWriter}'s, not the lane's.
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

	/** Its place in the page, from 0. */
	public int position() {
		return this.position;
	}

	public ScopeEntry entry() {
		return this.page.scopes().get(this.position);
	}

	/**
	 * Remembers the scope as it is now.
	 * @return makes it so again; may be run repeatedly
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

	/** A record that failed in this scope has been settled in a later version. */
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

	private void countReason(String reason) {
		if (this.ignoredReasons.isEmpty()) {
			this.ignoredReasons = new LinkedHashMap<>();
		}
		boolean told = this.ignoredReasons.size() < IgnoredReasons.MAX_REASONS
				|| this.ignoredReasons.containsKey(reason);
		this.ignoredReasons.merge(told ? reason : IgnoredReasons.OTHER, 1L, Long::sum);
	}

	/** How many records were ignored, by reason. */
	public Map<String, Long> ignoredReasons() {
		return this.ignoredReasons;
	}

	public RecordCounts counts() {
		return this.records.counts();
	}

	/**
	 * What the adapter told while it fetched; its cursor is the last word. A scope whose
	 * rejects are not all stored fails: it must be fetched again to deliver these.
	 * @param told what was told
	 */
	public void end(RunContext told) {
		this.atEnd = true;
		if (this.notStored > 0) {
			this.failure = ("%d of its records failed and are counted but not stored, as the run has reached the Link's "
					+ "max-rejects of %d. Correct the cause of the failures, or raise max-rejects; a restart, a replay or "
					+ "the next run fetches the scope again")
				.formatted(this.notStored, this.maxRejects);
		}
		this.cursor = (told.cursor() != null) ? told.cursor() : this.cursor;
		addWarnings(told);
	}

	/** What filters and the target told while they had records of it. */
	public void addWarningsOf(RunContext told) {
		this.cursor = (this.cursor == null) ? told.cursor() : this.cursor;
		addWarnings(told);
	}

	/** A scope may be as long as the run: not all that is said of it is kept. */
	private void addWarnings(RunContext told) {
		List<String> added = told.warnings();
		if (!added.isEmpty()) {
			int room = Math.min(added.size(), RunContext.MAX_WARNINGS - this.warnings.size());
			this.warnings = Stream.concat(this.warnings.stream(), added.stream().limit(room)).toList();
			this.warningsLeftOut += added.size() - room + told.warningsLeftOut();
		}
	}

	/** What was warned of while it was fetched and delivered. */
	public List<String> warnings() {
		return (this.warningsLeftOut == 0) ? this.warnings
				: Stream
					.concat(this.warnings.stream(),
							Stream.of("and %d more warnings of this scope".formatted(this.warningsLeftOut)))
					.toList();
	}

	/** Also what the adapter warned of before it failed is worth knowing. */
	public void fail(String message, RunContext told) {
		this.atEnd = true;
		this.failure = message;
		addWarnings(told);
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
