package io.deltasync.scope;

/**
 * The counts of records by their outcomes. Once all records are processed, {@code fetched
 * = written + failed + ignored + dropped}.
 *
 * @param fetched how many the source returned
 * @param written how many the target accepted
 * @param created how many of the written ones the target reported as new; a target need
 * not report this, and the {@code jdbc} target does not
 * @param failed how many could not be delivered
 * @param warned how many have a warning, with any outcome
 * @param ignored how many were left out on purpose
 * @param dropped how many a filter removed
 * @param acknowledged how many of the failed ones do not fail the run, because a person
 * or the Link's quarantine has acknowledged them
 */
public record RecordCounts(long fetched, long written, long created, long failed, long warned, long ignored,
		long dropped, long acknowledged) {

	public static final RecordCounts NONE = new RecordCounts(0, 0, 0, 0, 0, 0, 0, 0);

	/**
	 * Returns the counts of records that were written, or were there already.
	 * @param records the number of records
	 * @return their counts
	 */
	public static RecordCounts written(long records) {
		return new RecordCounts(records, records, 0, 0, 0, 0, 0, 0);
	}

	/**
	 * Adds other counts.
	 * @param other the other counts
	 * @return the sums
	 */
	public RecordCounts plus(RecordCounts other) {
		return new RecordCounts(this.fetched + other.fetched, this.written + other.written,
				this.created + other.created, this.failed + other.failed, this.warned + other.warned,
				this.ignored + other.ignored, this.dropped + other.dropped, this.acknowledged + other.acknowledged);
	}

	/**
	 * Returns the increase since earlier counts.
	 * @param other the earlier counts, none of them greater than these
	 * @return the differences
	 */
	public RecordCounts minus(RecordCounts other) {
		return new RecordCounts(this.fetched - other.fetched, this.written - other.written,
				this.created - other.created, this.failed - other.failed, this.warned - other.warned,
				this.ignored - other.ignored, this.dropped - other.dropped, this.acknowledged - other.acknowledged);
	}

	/**
	 * Returns the larger one of each number.
	 * @param other the other counts
	 * @return counts of which none is less than in these or the others
	 */
	public RecordCounts atLeast(RecordCounts other) {
		return new RecordCounts(Math.max(this.fetched, other.fetched), Math.max(this.written, other.written),
				Math.max(this.created, other.created), Math.max(this.failed, other.failed),
				Math.max(this.warned, other.warned), Math.max(this.ignored, other.ignored),
				Math.max(this.dropped, other.dropped), Math.max(this.acknowledged, other.acknowledged));
	}

	/**
	 * Returns how many records keep the run from being successful.
	 * @return the failed ones that nobody has acknowledged
	 */
	public long failing() {
		return this.failed - this.acknowledged;
	}

	/**
	 * Whether each fetched record has exactly one outcome.
	 * @return true when the counts add up
	 */
	public boolean addUp() {
		return this.fetched == this.written + this.failed + this.ignored + this.dropped;
	}

}
