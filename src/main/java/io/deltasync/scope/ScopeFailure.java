package io.deltasync.scope;

/**
 * A scope that could not be fetched to its end.
 *
 * @param scope the scope
 * @param message why, in words an operator understands
 * @param delivered the counts of what was delivered before it failed
 */
public record ScopeFailure(ScopeEntry scope, String message, RecordCounts delivered) {

}
