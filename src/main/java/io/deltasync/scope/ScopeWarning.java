package io.deltasync.scope;

/**
 * What an adapter warned of while it fetched a scope.
 *
 * @param ordinal the scope
 * @param message the warning
 */
public record ScopeWarning(long ordinal, String message) {

}
