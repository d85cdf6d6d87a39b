package io.deltasync.run.deliver;

import io.deltasync.api.RecordInFlight;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.scope.RecordCounts;

/**
 * Counts records by their outcome. Not thread-safe.
 */
final class RecordCounter {

	private long fetched;

	private long written;

	private long created;

	private long failed;

	private long warned;

	private long ignored;

	private long dropped;

	private long acknowledged;

	/**
	 * Counts a record.
	 * @param record the record
	 * @param outcome the record's outcome
	 * @param acknowledge whether a failure of the record does not fail the run
	 */
	void count(RecordInFlight record, Outcome outcome, boolean acknowledge) {
		this.fetched++;
		this.warned += record.warnings().isEmpty() ? 0 : 1;
		switch (outcome) {
			case FAILED -> {
				this.failed++;
				this.acknowledged += acknowledge ? 1 : 0;
			}
			case IGNORED -> this.ignored++;
			case DROPPED -> this.dropped++;
			default -> {
				this.written++;
				this.created += record.isCreated() ? 1 : 0;
			}
		}
	}

	/** Marks a counted failure as one that does not fail the run. */
	void acknowledge() {
		this.acknowledged++;
	}

	/**
	 * Resets the counts.
	 * @param counts the counts that {@link #counts} returns afterwards
	 */
	void reset(RecordCounts counts) {
		this.fetched = counts.fetched();
		this.written = counts.written();
		this.created = counts.created();
		this.failed = counts.failed();
		this.warned = counts.warned();
		this.ignored = counts.ignored();
		this.dropped = counts.dropped();
		this.acknowledged = counts.acknowledged();
	}

	RecordCounts counts() {
		return new RecordCounts(this.fetched, this.written, this.created, this.failed, this.warned, this.ignored,
				this.dropped, this.acknowledged);
	}

}
