package io.deltasync.verified;

import org.jspecify.annotations.Nullable;

/**
 * A scope in which records must be compared again.
 *
 * @param ordinal its place in the order of the plan
 * @param text the scope as text; null where there is none
 * @param suspects how many records must be compared again
 * @param absent how many records had no row at the target
 */
public record SuspectScope(long ordinal, @Nullable String text, long suspects, long absent) {

}
