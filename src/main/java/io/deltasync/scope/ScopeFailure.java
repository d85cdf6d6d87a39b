package io.deltasync.scope;

/**
 * A scope that could not be fetched completely.
 *
 * @param scope the scope
 * @param message the reason, in words that an operator understands
 * @param delivered the counts of the records that were delivered before it failed
 */
public record ScopeFailure(ScopeEntry scope, String message, RecordCounts delivered) {

}
