package io.deltasync.reject;

import org.jspecify.annotations.Nullable;

/**
 * Why a record failed in a run.
 *
 * @param scope the ordinal of the scope that it came from; null for what came from none
 * @param key what identifies it to a person, or null when its source does not say
 * @param message why, in words an operator understands
 */
public record RecordFailure(@Nullable Long scope, @Nullable String key, String message) {

}
