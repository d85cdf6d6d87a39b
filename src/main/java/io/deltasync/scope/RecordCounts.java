package io.deltasync.scope;

/**
 * How many records came to which end. For records that are all through
 * {@code fetched = written + failed + ignored + dropped} holds.
 *
 * @param fetched how many the source gave
 * @param written how many the target took
 * @param created how many of the written ones the target said were new; a target need not
 * say so, and the {@code jdbc} target does not
 * @param failed how many could not be delivered
 * @param warned how many have a warning, whatever their end
 * @param ignored how many were left out on purpose
 * @param dropped how many a filter removed
 * @param acknowledged how many of the failed ones do not fail the run: a person, or the
 * Link's quarantine, has taken them out of it
 */
public record RecordCounts(long fetched, long written, long created, long failed, long warned, long ignored,
		long dropped, long acknowledged) {

	public static final RecordCounts NONE = new RecordCounts(0, 0, 0, 0, 0, 0, 0, 0);

	public RecordCounts plus(RecordCounts other) {
		return new RecordCounts(this.fetched + other.fetched, this.written + other.written,
				this.created + other.created, this.failed + other.failed, this.warned + other.warned,
				this.ignored + other.ignored, this.dropped + other.dropped, this.acknowledged + other.acknowledged);
	}

	/**
	 * Tells what has come since.
	 * @param other the counts before, nowhere more than these
	 * @return the differences
	 */
	public RecordCounts minus(RecordCounts other) {
		return new RecordCounts(this.fetched - other.fetched, this.written - other.written,
				this.created - other.created, this.failed - other.failed, this.warned - other.warned,
				this.ignored - other.ignored, this.dropped - other.dropped, this.acknowledged - other.acknowledged);
	}

	/**
	 * Takes the larger one of each number.
	 * @param other the other counts
	 * @return counts that are nowhere less than these
	 */
	public RecordCounts atLeast(RecordCounts other) {
		return new RecordCounts(Math.max(this.fetched, other.fetched), Math.max(this.written, other.written),
				Math.max(this.created, other.created), Math.max(this.failed, other.failed),
				Math.max(this.warned, other.warned), Math.max(this.ignored, other.ignored),
				Math.max(this.dropped, other.dropped), Math.max(this.acknowledged, other.acknowledged));
	}

	/**
	 * Tells how many records keep the run from being successful.
	 * @return the failed ones that nobody has acknowledged
	 */
	public long failing() {
		return this.failed - this.acknowledged;
	}

	/**
	 * Tells whether each fetched record came to exactly one end.
	 * @return true when the counts add up
	 */
	public boolean addUp() {
		return this.fetched == this.written + this.failed + this.ignored + this.dropped;
	}

}
