package io.deltasync.reject;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.deltasync.reject.Reject.State;
import org.jspecify.annotations.Nullable;

/**
 * Determines the state of one record that has failed, perhaps in several versions. Not
 * thread-safe.
 */
final class FailingRecord {

	private final String recordId;

	private final @Nullable StoredReject before;

	private final Map<Long, ScopeFailures.Failure> elsewhere;

	private boolean elsewhereChanged;

	private @Nullable StoredReject now;

	private @Nullable FailedRecord last;

	private boolean reopened;

	/**
	 * Creates the failing record.
	 * @param recordId the digest that identifies it
	 * @param before its stored reject; null when there is none
	 * @param elsewhere the other scopes in which the run counts it
	 */
	FailingRecord(String recordId, @Nullable StoredReject before, Map<Long, ScopeFailures.Failure> elsewhere) {
		this.recordId = recordId;
		this.before = before;
		this.now = before;
		this.elsewhere = new TreeMap<>(elsewhere);
	}

	/**
	 * Applies a failure.
	 * @return what it means for the run
	 */
	RejectOutcome fail(RejectingRun run, FailedRecord record) {
		this.last = record;
		StoredReject was = this.now;
		if (was == null) {
			this.now = StoredReject.first(run, record);
			return RejectOutcome.FAILS;
		}
		boolean counted = was.isCounted(run, record) || isCountedHere(was, run, record);
		StoredReject continued = was.continued(record);
		State next = continued.next(run, record);
		boolean acknowledged = (continued.state().isAcknowledged() && next.isAcknowledged())
				|| (continued.state() == State.DISCARDED && continued.isSameContent(record));
		boolean again = continued.state() == State.DELIVERED || continued.state() == State.GONE
				|| (continued.state() == State.DISCARDED && next == State.OPEN);
		this.reopened |= again;
		this.now = continued.with(next, again ? 1 : continued.attemptsWith(run), acknowledged && !counted, run, record);
		return (acknowledged || counted) ? RejectOutcome.PASSES : RejectOutcome.FAILS;
	}

	/**
	 * Adds the last scope to the other scopes, and returns whether this scope already
	 * counts as failing.
	 */
	private boolean isCountedHere(StoredReject was, RejectingRun run, FailedRecord record) {
		if (!was.isCountedElsewhere(run, record)) {
			return false;
		}
		this.elsewhereChanged = true;
		this.elsewhere.put(Objects.requireNonNull(was.ordinal()),
				new ScopeFailures.Failure(was.contentId(), was.acknowledged()));
		ScopeFailures.Failure here = this.elsewhere.remove(record.ordinal());
		return here != null && !here.acknowledged();
	}

	boolean isNew() {
		return this.before == null;
	}

	String recordId() {
		return this.recordId;
	}

	/** Returns the version that failed last. */
	FailedRecord last() {
		return Objects.requireNonNull(this.last);
	}

	/** Returns the reject as it is stored. */
	StoredReject before() {
		return Objects.requireNonNull(this.before);
	}

	/** Returns the reject as it must be stored. */
	StoredReject now() {
		return Objects.requireNonNull(this.now);
	}

	/**
	 * Whether the record had been delivered or discarded, or was gone, since it first
	 * failed.
	 */
	boolean isReopened() {
		return this.reopened;
	}

	boolean isElsewhereChanged() {
		return this.elsewhereChanged;
	}

	Map<Long, ScopeFailures.Failure> elsewhere() {
		return this.elsewhere;
	}

}
