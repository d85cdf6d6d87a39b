package io.deltasync.run;

import java.util.concurrent.atomic.LongAdder;

import io.deltasync.scope.RecordCounts;

/**
 * What has become of records since this process was started. Thread-safe.
 */
public final class Tally {

	private final LongAdder written = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder ignored = new LongAdder();

	private final LongAdder dropped = new LongAdder();

	public void count(RecordCounts records) {
		this.written.add(records.written());
		this.failed.add(records.failed());
		this.ignored.add(records.ignored());
		this.dropped.add(records.dropped());
	}

	/**
	 * Tells how many the target took.
	 * @return a number that never falls
	 */
	public long written() {
		return this.written.sum();
	}

	/**
	 * Tells how many could not be delivered.
	 * @return a number that never falls
	 */
	public long failed() {
		return this.failed.sum();
	}

	/**
	 * Tells how many were left out on purpose.
	 * @return a number that never falls
	 */
	public long ignored() {
		return this.ignored.sum();
	}

	/**
	 * Tells how many a filter removed.
	 * @return a number that never falls
	 */
	public long dropped() {
		return this.dropped.sum();
	}

}
