package io.deltasync.reject;

import org.jspecify.annotations.Nullable;

/**
 * A record's failure in a run, with its reason.
 *
 * @param scope the ordinal of the scope that it came from; null if it came from none
 * @param key identifies the record to a person; null when its source does not provide
 * this
 * @param message the reason, in words that an operator understands
 */
public record RecordFailure(@Nullable Long scope, @Nullable String key, String message) {

}
