package io.deltasync.scope;

/**
 * An adapter's warning from fetching a scope.
 *
 * @param ordinal the scope
 * @param message the warning
 */
public record ScopeWarning(long ordinal, String message) {

}
