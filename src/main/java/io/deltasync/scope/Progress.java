package io.deltasync.scope;

/**
 * How far a run has come, added up over all its lanes.
 *
 * @param scopes the scopes
 * @param records the records, including those of scopes that are not at their end
 */
public record Progress(ScopeCounts scopes, RecordCounts records) {

}
