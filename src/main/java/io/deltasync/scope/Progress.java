package io.deltasync.scope;

/**
 * How far a run has come, added up over all its lanes.
 *
 * @param scopes the scopes
 * @param records the records, including those of scopes that are not at their end
 * @param deletions the records that the source no longer has: those that the target
 * deleted count as written
 */
public record Progress(ScopeCounts scopes, RecordCounts records, RecordCounts deletions) {

}
