package io.deltasync.run;

import java.util.concurrent.atomic.LongAdder;

import io.deltasync.scope.RecordCounts;

/**
 * Counts the outcomes of records since this process was started. Thread-safe.
 */
public final class Tally {

	private final LongAdder written = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder ignored = new LongAdder();

	private final LongAdder dropped = new LongAdder();

	/**
	 * Adds the outcomes of records.
	 * @param records their counts
	 */
	public void count(RecordCounts records) {
		this.written.add(records.written());
		this.failed.add(records.failed());
		this.ignored.add(records.ignored());
		this.dropped.add(records.dropped());
	}

	/**
	 * Returns the number of records that were written to the target.
	 * @return a number that never decreases
	 */
	public long written() {
		return this.written.sum();
	}

	/**
	 * Returns the number of records that could not be delivered.
	 * @return a number that never decreases
	 */
	public long failed() {
		return this.failed.sum();
	}

	/**
	 * Returns the number of records that were ignored.
	 * @return a number that never decreases
	 */
	public long ignored() {
		return this.ignored.sum();
	}

	/**
	 * Returns the number of records that a filter dropped.
	 * @return a number that never decreases
	 */
	public long dropped() {
		return this.dropped.sum();
	}

}
