package io.deltasync.scope;

/**
 * The progress of a run, added up over all its lanes.
 *
 * @param scopes the counts of scopes
 * @param records the counts of records, including those of scopes that are not finished
 * @param deletions the counts of records that the source no longer has: those that were
 * deleted at the target count as written
 */
public record Progress(ScopeCounts scopes, RecordCounts records, RecordCounts deletions) {

	static final Progress NONE = new Progress(ScopeCounts.NONE, RecordCounts.NONE, RecordCounts.NONE);

	Progress plus(Progress other) {
		return new Progress(this.scopes.plus(other.scopes), this.records.plus(other.records),
				this.deletions.plus(other.deletions));
	}

}
