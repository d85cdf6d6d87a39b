package io.deltasync.reject;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.deltasync.reject.Reject.State;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one record that has failed, perhaps in several versions. Not
 * thread-safe.
 */
final class FailingRecord {

	private final String recordId;

	private final @Nullable StoredReject before;

	private final Map<Long, ScopeFailures.Failure> elsewhere;

	private boolean elsewhereChanged;

	private @Nullable StoredReject now;

	private @Nullable FailedRecord last;

	private boolean anew;

	/**
	 * Creates it.
	 * @param recordId the digest that identifies it
	 * @param before what is stored of it; null when nothing is
	 * @param elsewhere the other scopes in which the run counts it
	 */
	FailingRecord(String recordId, @Nullable StoredReject before, Map<Long, ScopeFailures.Failure> elsewhere) {
		this.recordId = recordId;
		this.before = before;
		this.now = before;
		this.elsewhere = new TreeMap<>(elsewhere);
	}

	/**
	 * Records a failure.
	 * @return what it means to the run
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
		this.anew |= again;
		this.now = continued.with(next, again ? 1 : continued.attemptsWith(run), acknowledged && !counted, run, record);
		return (acknowledged || counted) ? RejectOutcome.PASSES : RejectOutcome.FAILS;
	}

	/** What was the last scope becomes one of the others. */
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

	/** The version that failed last. */
	FailedRecord last() {
		return Objects.requireNonNull(this.last);
	}

	/** What was stored of it. */
	StoredReject before() {
		return Objects.requireNonNull(this.before);
	}

	/** What is to be stored of it. */
	StoredReject now() {
		return Objects.requireNonNull(this.now);
	}

	/** Whether it had been delivered, discarded or gone since it failed first. */
	boolean isAnew() {
		return this.anew;
	}

	boolean isElsewhereChanged() {
		return this.elsewhereChanged;
	}

	Map<Long, ScopeFailures.Failure> elsewhere() {
		return this.elsewhere;
	}

}
