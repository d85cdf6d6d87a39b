package io.deltasync.scope;

import org.jspecify.annotations.Nullable;

/**
 * A stored scope.
 *
 * @param ordinal its place in the order of the plan, from 0
 * @param text the scope as text, or null where there is none (IMMEDIATE, LOCATOR)
 */
public record ScopeEntry(long ordinal, @Nullable String text) {

}
